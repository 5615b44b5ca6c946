from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CrmLead(models.Model):
    """What people do with the offer of a lead: accept it, or return it with a reason."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    is_offered_to_me = fields.Boolean(
        compute="_compute_is_offered_to_me", search="_search_is_offered_to_me"
    )
    offered_at = fields.Datetime(compute="_compute_is_offered_to_me")
    waiting_reason = fields.Char(
        "Why It Waits", readonly=True, copy=False, help="Why no salesperson could take this lead."
    )

    @api.depends_context("uid")
    def _compute_is_offered_to_me(self):
        """Look only at those qualified by marketing: a lead that moves on has no open offer."""
        offers = self.env["lead.handover"]
        qualified = self.filtered(lambda lead: lead.lifecycle == "mql")
        if qualified:
            offers = offers.search_fetch(
                [("lead_id", "in", qualified._origin.ids), ("state", "=", "offered")],
                ["lead_id", "user_id", "offered_at"],
            )
        offer_by_lead = {offer.lead_id: offer for offer in offers}
        for lead in self:
            offer = offer_by_lead.get(lead._origin, offers.browse())
            lead.offered_at = offer.offered_at
            lead.is_offered_to_me = offer.user_id == self.env.user

    def _search_is_offered_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        offered = [
            ("handover_ids", "any", [("state", "=", "offered"), ("user_id", "=", self.env.uid)])
        ]
        return offered if True in value else ["!", *offered]

    def action_accept_handover(self):
        """Accept what was offered: the lead is sales' own from now on, and an opportunity.

        An ``mql`` lead one owns already is accepted the same way. Who is not the one it was
        offered to, nor a manager, is told so; so is who comes second.
        """
        for lead in self:
            if not lead.active or lead.won_status == "lost":
                raise UserError(
                    self.env._("“%s” is archived. Restore it first, then accept it.", lead.name)
                )
        offers = self._take_offers("accepted")
        own = self - offers.lead_id
        for lead in own:
            if lead.lifecycle != "mql" or lead.user_id != self.env.user:
                raise UserError(lead._explain_no_offer())
        self.env["lead.handover"].sudo().create(  # the history is kept by the program alone
            [
                own_lead._prepare_handover_vals(self.env.user, state="accepted")
                for own_lead in own
                if not own_lead._is_given_by_hand()
            ]
        )
        self.sudo()._become_accepted()  # a manager may accept for another
        return True

    def _is_given_by_hand(self):
        """Say whether the last hand-over has made this lead its owner's already."""
        last = self.sudo().handover_ids[:1]
        return (
            last.state == "accepted"
            and last.user_id == self.user_id
            and last.offered_at >= (self.mql_at or last.offered_at)
        )

    def _become_accepted(self):
        """Make these leads sales' own, and opportunities."""
        self.write({"lifecycle": "sql", "waiting_reason": False})
        for lead in self.filtered(lambda lead: lead.type == "lead"):
            lead.convert_opportunity(lead.partner_id)

    def action_return_handover(self):
        """Ask for the reason, see ``lead.handover.return``."""
        self.ensure_one()
        if not self.handover_ids.filtered(lambda offer: offer.state == "offered"):
            raise UserError(self._explain_no_offer())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return the Lead"),
            "res_model": "lead.handover.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_id": self.id},
        }

    def _return_handover(self, reason, note=False):
        """Give these leads back: the reason's destination decides where they go.

        ``nurture`` and ``disqualified`` become the lead's lifecycle; ``next`` offers it to the next
        member at once. Nurtured leads go to the company's owner of nurtured leads, if one is set.
        """
        offers = self._take_offers("returned", reason_id=reason.id, note=note)
        leads = offers.lead_id.sudo()  # the one who returns it may not see it any more
        if reason.destination == "next":
            leads._free_owner()
            leads._offer_qualified()
        else:
            for company, mine in leads.grouped(lambda lead: lead._get_settings_company()).items():
                keeper = company.lead_marketing_user_id
                nurtured = reason.destination == "nurture" and keeper
                mine._free_owner(keeper if nurtured else None)
            leads.write({"lifecycle": reason.destination, "waiting_reason": False})
        return offers

    def _free_owner(self, keeper=None):
        """Take the owner off, or give these leads to ``keeper`` without a word."""
        leads = self.with_context(mail_auto_subscribe_no_notify=True, lead_offering=True)
        leads.write({"user_id": keeper.id if keeper else False})

    def _leave_keeper(self):
        """Take these leads off the owner of nurtured leads, so that they can be offered."""
        kept = self.filtered(
            lambda lead: (
                lead.user_id and lead.user_id == lead._get_settings_company().lead_marketing_user_id
            )
        )
        if kept:
            kept.sudo()._free_owner()  # whoever's act qualified them

    def _take_offers(self, state, **answer):
        """Answer the open offers of these leads, each once, and give them.

        Two people at once: the second waits for the first, then finds no offer any more.
        :raises UserError: the offer is another's.
        """
        self.check_access("read")
        Handover = self.env["lead.handover"].sudo()  # judged right here
        Handover.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM lead_handover
                    WHERE lead_id = ANY(%s) AND state = 'offered' ORDER BY id FOR UPDATE""",
                list(self.ids),
            )
        )
        offers = Handover.browse([row[0] for row in rows])
        may_any = self.env.su or self.env.user.has_group("sales_team.group_sale_salesman_all_leads")
        for offer in offers:
            if offer.user_id != self.env.user and not may_any:
                raise UserError(
                    self.env._(
                        "“%(lead)s” is offered to %(user)s. Ask your manager to offer it to you.",
                        lead=offer.lead_id.name,
                        user=offer.user_id.name,
                    )
                )
        offers.write({"state": state, "answered_at": fields.Datetime.now(), **answer})
        offers.flush_recordset()  # the next offer of the lead may be inserted right away
        return offers

    def _explain_no_offer(self):
        """Say in words why there is nothing to answer on this lead."""
        self.ensure_one()
        last = self.sudo().handover_ids[:1]
        if not last or last.state == "offered":
            return self.env._("“%s” is not offered to you.", self.name)
        return last._explain_answered()

    def _close_offers(self, state):
        """Close what is still open without a person's answer."""
        open_offers = self.env["lead.handover"].sudo()  # follows from the lead, whoever acts
        offers = open_offers.search([("lead_id", "in", self.ids), ("state", "=", "offered")])
        offers.write({"state": state, "answered_at": fields.Datetime.now()})
        offers.flush_recordset()  # the next offer of the lead may be inserted right away
