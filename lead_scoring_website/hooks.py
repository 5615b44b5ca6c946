"""What happens at install and uninstall, beside what Odoo does by itself."""

from odoo import fields

from .models.crm_lead import NOTED_UNTIL


def post_init_hook(env):
    """Begin now: what visitors looked at before the installation counts for nobody."""
    env["ir.config_parameter"].set_param(NOTED_UNTIL, fields.Datetime.now())


def uninstall_hook(env):
    """Take away the mark of how far page views were noted."""
    env["ir.config_parameter"].set_param(NOTED_UNTIL, False)
