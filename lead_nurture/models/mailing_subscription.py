from odoo import api, models


class MailingSubscription(models.Model):
    """Who leaves a mailing list: noted on the leads of the address."""

    _inherit = "mailing.subscription"

    @api.model_create_multi
    def create(self, vals_list):
        subscriptions = super().create(vals_list)
        subscriptions._note_opt_outs()
        return subscriptions

    def write(self, vals):
        left = self.filtered("opt_out")
        result = super().write(vals)
        (self - left)._note_opt_outs()
        return result

    def _note_opt_outs(self):
        for mailing_list, subscriptions in self.filtered("opt_out").grouped("list_id").items():
            refs = {
                subscription.contact_id.email_normalized: f"opt_out,list,{subscription.id}"
                for subscription in subscriptions
            }
            # sudo: whoever leaves a list need not see leads
            self.env["crm.lead"].sudo()._note_opt_outs(refs, mailing_list.name)
