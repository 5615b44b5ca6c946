from odoo import api, models


class MailBlacklist(models.Model):
    """Who gets on the list of those without e-mail, or off it: noted on his leads."""

    _inherit = "mail.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        last = self.with_context(active_test=False).search([], order="id desc", limit=1).id
        entries = super().create(vals_list)  # those that were there are returned as well
        entries.filtered(lambda entry: entry.active and entry.id > last)._note_consent(True)
        return entries

    def write(self, vals):
        changed = self.browse()
        if "active" in vals:
            changed = self.filtered(lambda entry: entry.active != bool(vals["active"]))
        result = super().write(vals)
        changed._note_consent(bool(vals.get("active")))
        return result

    def _note_consent(self, is_on):
        if not self or self.env.context.get("lead_bounce_handling"):  # nobody's wish
            return
        # sudo: who opts out, or keeps the list, need not see the leads
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        leads = leads.search([("email_normalized", "in", self.mapped("email"))])
        if leads:
            leads._note_list_of_no_email(is_on)
