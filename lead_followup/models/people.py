from typing import NamedTuple

from odoo import models


class People(NamedTuple):
    """Who is meant by some leads or contacts: all that is one of them, and how they are reached."""

    leads: models.BaseModel  # crm.lead as sudo, archived ones and those of all companies too
    partners: models.BaseModel  # res.partner as sudo: people, or a mailbox; never a whole firm
    emails: tuple[str, ...]  # normalized
    numbers: tuple[str, ...]  # E.164
