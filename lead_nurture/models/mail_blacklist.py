from odoo import api, models


class MailBlacklist(models.Model):
    """Who asks for no more e-mail: noted on the leads of the address, once an entry."""

    _inherit = "mail.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries._note_opt_outs()
        return entries

    def write(self, vals):
        closed = self.filtered("active")
        result = super().write(vals)
        if vals.get("active"):
            (self - closed)._note_opt_outs()
        return result

    def _note_opt_outs(self):
        if self.env.context.get("lead_bounce_handling"):  # nobody's wish
            return
        refs = {entry.email: f"opt_out,{entry.id}" for entry in self.filtered("active")}
        # sudo: who opts out, or keeps the list, need not see the leads
        self.env["crm.lead"].sudo()._note_opt_outs(refs, self.env._("No e-mail at all"))
