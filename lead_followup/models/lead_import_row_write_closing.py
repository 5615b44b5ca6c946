from odoo import models

_FIELDS = {"do_not_contact": "do_not_contact", "do_not_call": "phone_opt_out"}


class LeadImportRow(models.Model):
    """Columns that close a way to somebody: the lead comes in, and the way is closed.

    Who must not be contacted enters no cadence; a known one leaves the cadence he is in.
    """

    _inherit = "lead.import.row"

    def _prepare_person_vals(self, values):
        closed = {name: True for key, name in _FIELDS.items() if values.get(key)}
        return {**super()._prepare_person_vals(values), **closed}

    def _describe_flag(self, flag):
        texts = {
            "do_not_contact": self.env._("must not be contacted"),
            "do_not_call": self.env._("must not be called"),
        }
        return texts.get(flag) or super()._describe_flag(flag)
