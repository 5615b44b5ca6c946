from odoo import fields, models


class MailBlacklist(models.Model):
    """Who opted out by the link in a cadence's e-mail, and may take that back by the same link."""

    _inherit = "mail.blacklist"

    lead_opted_out_at = fields.Datetime("Opted Out by Link", readonly=True)

    def _note_opt_out_by_link(self):
        """Note that the owner of the address himself asked for it, and say so on his leads."""
        self.lead_opted_out_at = fields.Datetime.now()
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads = leads.search([("email_normalized", "in", self.mapped("email"))])
        body = self.env._("Opted out of e-mail by the link in an e-mail.")
        leads._message_log_batch(bodies=dict.fromkeys(leads.ids, body))

    def write(self, vals):
        if vals.get("active") is False:
            vals = {**vals, "lead_opted_out_at": False}
        return super().write(vals)
