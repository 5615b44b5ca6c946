from odoo import fields, models


class CrmLead(models.Model):
    """Who does not want to be called: no call is planned, those on their way are blocked.

    E-mails and letters go on. The mark is the lead's, unlike Odoo's phone blacklist, which keeps
    text messages from a number.
    """

    _inherit = "crm.lead"

    phone_opt_out = fields.Boolean(
        "No Calls", help="Does not want to be called. E-mails and letters go on."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("phone_opt_out"):
            # sudo: who may close the phone may not write touches
            calls = self.sudo().touch_ids.filtered(lambda touch: touch.channel == "call")
            calls._block("no_calls")
        return result

    def _get_call_numbers(self):
        return [] if self.phone_opt_out else super()._get_call_numbers()

    def _get_call_obstacle(self):
        return "no_calls" if self.phone_opt_out else super()._get_call_obstacle()

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        if not self.phone_opt_out and any(opportunities.mapped("phone_opt_out")):
            self.phone_opt_out = True
        return result
