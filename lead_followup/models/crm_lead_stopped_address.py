from odoo import api, models


class CrmLead(models.Model):
    """A new lead of somebody for whom everything was stopped is stopped from the beginning.

    He may have had no lead then, or come by another door since: his address, or his number, on
    Odoo's lists tells. One that merely opted out of e-mail may still be called.
    """

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._stop_known_addresses()
        return leads

    def _stop_known_addresses(self):
        """Close these leads as their addresses are; two searches, whatever their number."""
        emails = set(self.mapped("email_normalized")) - {False}
        numbers = {number for lead in self for number in lead._get_all_numbers()}
        # sudo: whoever makes a lead does not keep these lists
        stopped_at = {
            entry.email: entry.lead_stopped_at
            for entry in self.env["mail.blacklist"]
            .sudo()
            .search([("email", "in", list(emails)), ("lead_stopped_at", "!=", False)])
        }
        stopped_at |= {
            entry.number: entry.lead_stopped_at
            for entry in self.env["phone.blacklist"]
            .sudo()
            .search([("number", "in", list(numbers)), ("lead_stopped_at", "!=", False)])
        }
        if not stopped_at:
            return
        moment_by_lead = {}
        for lead in self:
            keys = [lead.email_normalized, *lead._get_all_numbers()]
            if moments := [stopped_at[key] for key in keys if key in stopped_at]:
                moment_by_lead[lead] = min(moments)
        closed = self.browse(lead.id for lead in moment_by_lead).sudo()  # sudo: as above
        source = self.env._("Asked that everything is stopped")
        for moment in set(moment_by_lead.values()):
            leads = closed.filtered(lambda lead, at=moment: moment_by_lead[lead] == at)
            leads.with_context(lead_consent_source=source).write(
                {"do_not_contact": True, "contact_stopped_at": moment}
            )

    def _get_all_numbers(self):
        self.ensure_one()
        return {self.phone_sanitized, self._get_number("mobile")} - {False, None, ""}
