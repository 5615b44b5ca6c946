from odoo import models
from odoo.fields import Domain


class CrmLead(models.Model):
    """Which won leads are one customer, as far as writing to him is concerned."""

    _inherit = "crm.lead"

    def _get_person_domain(self):
        """Return the condition of the leads that have an address or a contact of these."""
        addresses = set(self.mapped("email_normalized")) - {False}
        return Domain("email_normalized", "in", list(addresses)) | Domain(
            "partner_id", "in", self.partner_id.ids
        )

    def _is_same_person(self, other):
        """Tell whether ``other`` is another lead of this one's person, in a company of its own."""
        self.ensure_one()
        if other == self or not (
            not self.company_id or not other.company_id or self.company_id == other.company_id
        ):
            return False
        address = self.email_normalized
        return bool(
            (address and address == other.email_normalized)
            or (self.partner_id and self.partner_id == other.partner_id)
        )

    def _filter_of_same_person(self, others):
        """Return those of these leads whose person has a lead among ``others``, beside itself."""
        by_address = others.grouped("email_normalized")
        by_partner = others.grouped("partner_id")
        return self.filtered(
            lambda lead: any(
                lead._is_same_person(other)
                for other in by_address.get(lead.email_normalized, others.browse())
                | by_partner.get(lead.partner_id, others.browse())
            )
        )

    def _filter_person_unwilling(self):
        """Return those whose person must not be contacted, by this lead or another; one query."""
        if not self:
            return self
        # sudo: what the person said counts, whoever may see where
        leads = self.sudo().with_context(active_test=False)
        unwilling = leads.search(self._get_person_domain() & Domain("do_not_contact", "=", True))
        own = self.filtered("do_not_contact")
        return own | (self - own)._filter_of_same_person(unwilling)

    def _filter_with_newer_sale(self):
        """Return those whose person has a lead that was won later; one query."""
        return self._filter_with_other_sale(
            lambda other, lead: other._get_sale_key() > lead._get_sale_key()
        )

    def _filter_with_other_sale(self, is_meant):
        """Return those whose person has another won lead that ``is_meant(other, lead)``; one
        query."""
        if not self:
            return self
        # sudo: it counts that the person bought, not who may see it
        won = self.sudo().search(self._get_person_domain() & Domain("won_status", "=", "won"))
        by_address = won.grouped("email_normalized")
        by_partner = won.grouped("partner_id")
        return self.filtered(
            lambda lead: any(
                lead._is_same_person(other) and is_meant(other, lead)
                for other in by_address.get(lead.email_normalized, won.browse())
                | by_partner.get(lead.partner_id, won.browse())
            )
        )

    def _get_other_sales(self):
        """Return the other won leads of these leads' persons; one query."""
        if not self:
            return self
        # sudo: it counts that the person bought, not who may see it
        won = self.sudo().search(
            self._get_person_domain()
            & Domain("won_status", "=", "won")
            & Domain("id", "not in", self.ids)
        )
        return won._filter_of_same_person(self)

    def _get_sale_key(self):
        """Return what orders sales in time; of two of one moment the later record is newer."""
        self.ensure_one()
        return self._get_won_at(), self.id

    def _get_won_at(self):
        """Return when this lead was won, naive UTC."""
        self.ensure_one()
        return self.date_closed or self.create_date

    def _get_after_sale_of_person(self):
        """Return the live after-sale enrollments of other leads of these leads' persons."""
        if not self:
            return self.enrollment_id
        live = self.env["lead.cadence.enrollment"].search(
            Domain("state", "in", ("active", "paused"))
            & Domain("cadence_id.is_after_sale", "=", True)
            & Domain("lead_id", "any", self._get_person_domain())
        )
        same = live.lead_id._filter_of_same_person(self)
        return live.filtered(lambda enrollment: enrollment.lead_id in same)
