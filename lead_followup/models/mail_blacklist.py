from odoo import api, models


class MailBlacklist(models.Model):
    """Whoever opts out of e-mail ends the cadences of that address at once.

    An address that Odoo itself puts on the list because mail bounced is no wish of anybody's:
    that closes e-mail only.
    """

    _inherit = "mail.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries._end_cadences()
        return entries

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") or vals.get("email"):
            self._end_cadences()
        return result

    def _end_cadences(self):
        """Stop the cadences of leads with these addresses, and say so on the leads."""
        if self.env.context.get("lead_bounce_handling"):
            return
        addresses = self.filtered("active").mapped("email")
        if not addresses:
            return
        # sudo: who opts out, or keeps the list, need not see the leads
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)  # lost ones as well
        leads = leads.search(
            [("email_normalized", "in", addresses), ("enrollment_id", "!=", False)]
        )
        leads.enrollment_id._stop("opted_out")
