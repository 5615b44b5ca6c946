"""What needs no Odoo: how long to rest, what to send next, what a count is against an earlier one,
how many leads a target needs, and who really opened a mail."""

from . import content, planning, rest, scorecard, show_figures, show_series, trend
