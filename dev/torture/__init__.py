"""Kills, crosses and misleads real servers at work, and looks at what came of it."""
