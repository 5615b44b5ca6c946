"""Pure logic of lead follow-up: no Odoo, no clock, no database."""
