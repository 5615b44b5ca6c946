from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmLead(models.Model):
    """Whose word of mouth a lead came by; its salesperson names the customer, not the ask."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "lead.program.only"]

    referral_id = fields.Many2one(
        "lead.referral", index="btree_not_null", copy=False, readonly=True
    )
    referrer_may_be_named = fields.Boolean(
        copy=False,
        readonly=True,
        help="The customer allowed, when he named this lead, that it is told who sent us.",
    )
    referrer_id = fields.Many2one(
        "res.partner",
        "Referring Customer",
        compute="_compute_referrer",
        inverse="_inverse_referrer_id",
        search="_search_referrer_id",
        compute_sudo=True,
        help="The customer who sent this lead to us.",
    )
    referrer_name = fields.Char(
        compute="_compute_referrer_name",
        compute_sudo=True,
        help="For texts to the lead: empty unless the customer allows to be named.",
    )
    referral_ask_url = fields.Char(
        "Link to Refer Friends",
        compute="_compute_referral_ask_url",
        help="For texts of a step that asks for a referral.",
    )

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"referral_id", "referrer_may_be_named"}

    @api.depends("referral_id.partner_id")
    def _compute_referrer(self):
        for lead in self:
            lead.referrer_id = lead.referral_id.partner_id

    @api.depends("referral_id.partner_id.name", "referrer_may_be_named")
    def _compute_referrer_name(self):
        named = self.filtered("referrer_may_be_named").referral_id.partner_id
        closed = self.env["lead.referral"]._get_closed_by_word(named)["do_not_contact"]
        for lead in self:
            partner = lead.referral_id.partner_id - closed
            lead.referrer_name = lead.referrer_may_be_named and partner.name

    def _inverse_referrer_id(self):
        """Put the lead down to its referrer; no referrer takes it away from the former one.

        :raises AccessError: somebody may not see the contact that he gives.
        :raises UserError: the contact belongs to another company than the lead.
        """
        referrals = self.env["lead.referral"]
        partner_by_lead = {lead: lead.referrer_id for lead in self}
        by_company = {}
        self.env["res.partner"].union(*partner_by_lead.values()).check_access("read")
        for lead, partner in partner_by_lead.items():
            lead._check_referrer(partner)
            # sudo: whoever may write the lead says who sent it
            mine = lead.sudo()
            if mine.referral_id.partner_id != partner:
                mine.referral_id.friend_ids -= mine
                mine.write({"referral_id": False, "referrer_may_be_named": False})
            company = lead.company_id or self.env.company
            by_company.setdefault(company, {}).setdefault(partner, self.browse())
            by_company[company][partner] |= lead
        for company, leads_by_partner in by_company.items():
            partners = self.env["res.partner"].union(*leads_by_partner)
            for partner, referral in referrals._get_for_referrers(
                partners, "hand", company
            ).items():
                mine = leads_by_partner[partner].sudo()
                referral._credit(mine, mine)

    def _check_referrer(self, partner):
        company = self.company_id or self.env.company
        if partner.company_id and partner.company_id != company:
            raise UserError(
                self.env._(
                    "%(customer)s belongs to another company than this lead. Choose a contact of "
                    "%(company)s; nothing was changed.",
                    customer=partner.display_name,
                    company=company.name,
                )
            )

    def _search_referrer_id(self, operator, value):
        return Domain("referral_id.partner_id", operator, value)

    @api.depends_context("uid")
    def _compute_referral_ask_url(self):
        # sudo: the text to the customer carries his own link
        asks = (
            self.env["lead.referral"]
            .sudo()
            .search(
                [("lead_id", "in", self.ids), ("state", "in", ("to_send", "asked"))], order="id"
            )
        )
        shown = asks.sudo(self.env.su)
        url_by_lead = {ask.lead_id.id: own.ask_url for ask, own in zip(asks, shown, strict=True)}
        for lead in self:
            lead.referral_ask_url = url_by_lead.get(lead.id)

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        # sudo: whoever wins a lead need not see whose word brought it
        self.sudo().referral_id._follow_won()
        return result

    def action_ask_referral(self):
        """Ask before the customers of these won leads are asked for a referral."""
        return self.env["lead.referral.ask"]._open(leads=self)

    def _take_followup(self, tail):
        result = super()._take_followup(tail)
        # sudo comes from the caller: merging is allowed, referrals are not written by hand
        referrals = self.env["lead.referral"]
        referrals.search([("lead_id", "in", tail.ids)]).lead_id = self
        if not self.referral_id and (came := tail.filtered("referral_id")[:1]):
            may_be_named = came.referrer_may_be_named
            self.write({"referral_id": came.referral_id, "referrer_may_be_named": may_be_named})
        named = referrals.search([("friend_ids", "in", tail.ids)])
        named.write({"friend_ids": [Command.link(self.id)]})
        return result
