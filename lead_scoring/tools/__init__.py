"""The arithmetic of qualification: plain Python, no record, no clock, no database."""
