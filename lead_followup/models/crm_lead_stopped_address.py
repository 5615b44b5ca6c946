from odoo import api, models
from odoo.tools import SQL


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
        """Close these leads as their addresses are; two queries at most, for any number."""
        if not self._is_anything_stopped():
            return
        emails = set(self.mapped("email_normalized")) - {False}
        numbers = {number for lead in self for number in lead._get_all_numbers()}
        stopped_at = self._get_stopped_at(emails, numbers)
        if not stopped_at:
            return
        moment_by_lead = {}
        for lead in self:
            keys = [lead.email_normalized, *lead._get_all_numbers()]
            if moments := [stopped_at[key] for key in keys if key in stopped_at]:
                moment_by_lead[lead] = min(moments)
        closed = self.browse(
            lead.id for lead in moment_by_lead
        ).sudo()  # sudo: not up to whoever makes it
        source = self.env._("Asked that everything is stopped")
        for moment in set(moment_by_lead.values()):
            leads = closed.filtered(lambda lead, at=moment: moment_by_lead[lead] == at)
            leads.with_context(lead_consent_source=source).write(
                {"do_not_contact": True, "contact_stopped_at": moment}
            )

    @api.model
    def _is_anything_stopped(self):
        """Tell whether anybody has asked that everything is stopped; else nothing is looked up."""
        self.env["mail.blacklist"].flush_model(["active", "lead_stopped_at"])
        self.env["phone.blacklist"].flush_model(["active", "lead_stopped_at"])
        [(is_any,)] = self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT 1 FROM mail_blacklist
                                   WHERE active AND lead_stopped_at IS NOT NULL)
                       OR EXISTS (SELECT 1 FROM phone_blacklist
                                   WHERE active AND lead_stopped_at IS NOT NULL)"""
            )
        )
        return is_any

    @api.model
    def _get_stopped_at(self, emails, numbers):
        """Return ``{address or number: when everything was stopped for it}``, of all there are.

        Past the rights on these lists, which whoever makes a lead does not keep.
        """
        self.env["mail.blacklist"].flush_model(["active", "email", "lead_stopped_at"])
        self.env["phone.blacklist"].flush_model(["active", "number", "lead_stopped_at"])
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT email, lead_stopped_at FROM mail_blacklist
                        WHERE active AND email = ANY(%s) AND lead_stopped_at IS NOT NULL
                        UNION ALL
                       SELECT number, lead_stopped_at FROM phone_blacklist
                        WHERE active AND number = ANY(%s) AND lead_stopped_at IS NOT NULL""",
                    list(emails),
                    list(numbers),
                )
            )
        )

    def _get_all_numbers(self):
        self.ensure_one()
        return {self.phone_sanitized, self._get_number("mobile")} - {False, None, ""}
