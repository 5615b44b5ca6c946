"""What needs no Odoo: how long to rest, and who really opened a mail and followed its links."""

from . import rest
