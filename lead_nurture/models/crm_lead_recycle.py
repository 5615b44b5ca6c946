from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmLead(models.Model):
    """What was lost rests, and is written to again by its track without being reopened.

    Each loss, by whatever door, leaves a row in ``lead.recycle``; a lead made as lost does not, as
    that is history, nor one that is archived without a reason: that is put away. A lost lead counts
    as contactable only while its row is in its track.
    """

    _inherit = "crm.lead"

    recycle_ids = fields.One2many("lead.recycle", "lead_id", "Recycling")
    recycle_id = fields.Many2one("lead.recycle", compute="_compute_glance", string="Last Recycling")
    recycle_story = fields.Char("Recycled", compute="_compute_recycle_story", compute_sudo=True)

    @api.depends("recycle_id", "recycle_ids.state", "recycle_ids.reason", "recycle_ids.rest_until")
    @api.depends_context("lang", "tz")
    def _compute_recycle_story(self):
        for lead in self:
            lead.recycle_story = lead.recycle_id.story

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        if not old_status_by_lead:  # made as such: that is history
            return result
        if not self._has_turned(old_status_by_lead, new_status_by_lead):
            return result

        def filter_turned(word, new):
            return self.filtered(
                lambda lead: (
                    bool(new_status_by_lead.get(lead.id, {}).get(word)) == new
                    and bool(old_status_by_lead.get(lead.id, {}).get(word)) != new
                )
            )

        filter_turned("is_lost", True).filtered(
            lambda lead: lead.lost_reason_id or self.env.context.get("lead_set_lost")
        )._note_lost()
        filter_turned("is_won", True)._note_won()
        filter_turned("is_won", True)._end_of_same_person()
        filter_turned("is_lost", False)._note_restored()
        filter_turned("is_won", False)._note_no_longer_won()
        return result

    def write(self, vals):
        nurtured = self.browse()
        if vals.get("lifecycle") in ("mql", "sql"):
            nurtured = self.filtered(lambda lead: lead.lifecycle == "nurture")
        result = super().write(vals)
        if nurtured:
            nurtured._note_qualified()
        if "lost_reason_id" in vals or "look_again_date" in vals:
            lost = self.filtered(lambda lead: lead.won_status == "lost")
            lost._judge_anew(is_day_new="look_again_date" in vals)
        if vals.get("do_not_contact"):
            # sudo: rows are written by the program alone
            self.env["lead.recycle"].sudo()._get_live(self)._refuse()
        if "expected_revenue" in vals:
            self.filtered(lambda lead: lead.won_status == "won")._note_won()
        return result

    def action_set_lost(self, **additional_values):
        # Odoo calls lost what was put away with a probability of nothing.
        put_away = self.filtered(
            lambda lead: lead.won_status == "lost" and not lead.sudo().recycle_ids
        )
        leads = self.with_context(lead_set_lost=True)
        result = super(CrmLead, leads).action_set_lost(**additional_values)
        put_away._note_lost()
        return result

    def action_set_won(self):
        # sudo: whoever wins it; Odoo restores it first, which alone would be no return
        self.env["lead.recycle"].sudo()._get_live(self)._come_back()
        return super().action_set_won()

    def _note_lost(self):
        """Open a row for each of these leads, which are lost from now on."""
        if not self:
            return
        # sudo: whoever loses a lead; rows are written by the program alone
        rows = self.env["lead.recycle"].sudo()._open(self.sudo(), "lost")
        rows._judge_where_switched_on()

    def _judge_anew(self, is_day_new):
        """Choose rule and rest anew: the reason, or the day to look again, has come later."""
        if not self:
            return
        rows = self.env["lead.recycle"].sudo()  # written by the program alone
        rows = rows.search(
            [("lead_id", "in", self.ids), ("way", "=", "lost"), ("state", "in", _OPEN_TO_JUDGE)]
        ).filtered(lambda row: row == row.lead_id.recycle_id)
        other = rows.filtered(lambda row: row.lost_reason_id != row.lead_id.lost_reason_id)
        for reason, mine in other.grouped(lambda row: row.lead_id.lost_reason_id).items():
            mine.lost_reason_id = reason
        changed = rows if is_day_new else other
        tracks = changed.filtered(lambda row: row.state == "track")
        (changed - tracks)._judge_where_switched_on()
        tracks._judge_in_track(is_day_new)

    def _note_qualified(self):
        """Note that these nurtured leads, which were never lost, are back: they qualify."""
        rows = self.env["lead.recycle"].sudo()._get_live(self)  # written by the program alone
        rows.filtered(lambda row: row.way != "lost")._come_back()

    def _get_lost_at(self):
        """Return ``{lead: when it was lost, naive UTC}``; left out where nothing tells.

        Odoo keeps it for long; of older leads the chatter knows it.
        """
        lost_at = {lead: lead.date_closed for lead in self if lead.date_closed}
        unknown = self - self.browse().union(*lost_at)
        if unknown:
            # sudo: of messages only their date is read
            rows = (
                self.env["mail.message"]
                .sudo()
                ._read_group(
                    [
                        ("model", "=", self._name),
                        ("res_id", "in", unknown.ids),
                        ("subtype_id", "=", self.env.ref("crm.mt_lead_lost").id),
                    ],
                    ["res_id"],
                    ["date:max"],
                )
            )
            lost_at |= {self.browse(lead_id): date for lead_id, date in rows}
        return lost_at

    def _note_restored(self):
        """End what goes on for these leads, which are open again, by hand or by their own sign."""
        if not self:
            return
        rows = self.env["lead.recycle"].sudo()._get_live(self)  # written by the program alone
        rows._end("restored")
        self.enrollment_id._stop("came_back")

    def _note_won(self):
        """Note the sale on the last row of these leads; who is live there has come back."""
        if not self:
            return
        # sudo: whoever wins a lead; rows are written by the program alone
        rows = self.env["lead.recycle"].sudo().search([("lead_id", "in", self.ids)])
        last = rows.filtered(lambda row: row == row.lead_id.recycle_id)
        last.filtered(lambda row: row.state in ("resting", "due", "track"))._come_back()
        now = fields.Datetime.now()
        for row in last.filtered(lambda row: row.state == "back"):
            row.write(
                {
                    "won_at": row.won_at or now,
                    "won_revenue": row.lead_id.expected_revenue,
                }
            )

    def _end_of_same_person(self):
        """Stop recycling other leads of those who buy now: whoever sold to them writes to them."""
        addresses = set(self.mapped("email_normalized")) - {False}
        if not addresses and not self.partner_id:
            return
        mine = Domain("company_id", "in", [*self.company_id.ids, False])
        if self.filtered(lambda lead: not lead.company_id):  # that one is everybody's
            mine = Domain.TRUE
        # sudo: it counts that the person is a customer, not who may see the other lead
        rows = self.env["lead.recycle"].sudo()
        rows = rows.search(
            Domain("state", "in", ("resting", "due", "track"))
            & mine
            & (
                Domain("lead_id.email_normalized", "in", list(addresses))
                | Domain("lead_id.partner_id", "in", self.partner_id.ids)
            )
        )
        enrollments = rows.enrollment_id
        rows._end("customer")
        enrollments._stop("customer")

    def _note_no_longer_won(self):
        if not self:
            return
        # sudo: whoever reopens a sale; rows are written by the program alone
        rows = self.env["lead.recycle"].sudo()
        rows = rows.search([("lead_id", "in", self.ids), ("won_at", "!=", False)])
        rows.write({"won_at": False, "won_revenue": 0})

    def _get_contact_obstacle(self):
        """Let the track of a lost lead reach it; a lost lead is else closed to all cadences."""
        reason = super()._get_contact_obstacle()
        if reason == "closed" and self._is_in_recycling_track():
            return "do_not_contact" if self.do_not_contact else None
        return reason

    def _get_open_deadline(self):
        """Ask for no first contact of a lost lead: its track has all the time in the world."""
        return self.won_status != "lost" and super()._get_open_deadline()

    def _is_in_recycling_track(self):
        self.ensure_one()
        return self.won_status == "lost" and self.recycle_id.sudo().state == "track"

    def _get_recycle_refusals(self):
        """Return ``{lead: word}`` of those that are never recycled, whatever their rule says.

        The same number of queries for any number of leads.
        """
        leads = self.sudo()  # what the person said counts, whoever asks
        customers = leads.partner_id._filter_lead_customers()
        words = {}
        for lead in leads:
            if lead.do_not_contact:
                words[lead] = "do_not_contact"
            elif lead.is_blacklisted or lead.email_consent == "no":
                words[lead] = "opted_out"
            elif lead.not_a_buyer or lead.lifecycle in ("disqualified", "customer"):
                words[lead] = "not_a_buyer"
            elif lead.partner_id in customers:
                words[lead] = "customer"
        return words

    def _filter_with_other_lead(self):
        """Return those whose address has another lead that is won, open or in its track.

        Companies are apart; a lead without a company is everybody's. One query.
        """
        addresses = set(self.mapped("email_normalized")) - {False}
        if not addresses:
            return self.browse()
        # sudo: it counts whether somebody is in touch with the person, not who may see it
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        found = leads.search(
            Domain("email_normalized", "in", list(addresses))
            & (
                Domain("won_status", "=", "won")
                | (Domain("won_status", "=", "pending") & Domain("active", "=", True))
                | Domain("recycle_ids.state", "=", "track")
            )
        )
        by_address = found.grouped("email_normalized")
        return self.filtered(
            lambda lead: any(
                other != lead
                and (
                    not other.company_id
                    or not lead.company_id
                    or other.company_id == lead.company_id
                )
                for other in by_address.get(lead.email_normalized, ())
            )
        )

    @api.model
    def _get_never_recycled_domain(self):
        """Return the condition: no row at all, or the last one says that no rule took it up."""
        self.env["lead.recycle"].flush_model(["lead_id", "state", "reason"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """COALESCE((SELECT r.state = 'never' AND r.reason IN ('no_rule', 'switched_off')
                               FROM lead_recycle AS r WHERE r.lead_id = %s
                              ORDER BY r.id DESC LIMIT 1), TRUE)""",
                SQL.identifier(alias, "id"),
            )
        )

    def action_ask_recycle(self):
        """State how many of these leads would be recycled, and why not the others."""
        return self.env["lead.recycle.confirm"]._ask({}, self)

    def action_open_recycling(self):
        """Open all that was recycled of this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_nurture.lead_recycle_action")
        return {**action, "domain": [("lead_id", "=", self.id)], "context": {}}


# Rows whose rule is chosen anew when the lost lead's reason changes: neither back nor given up.
_OPEN_TO_JUDGE = ("resting", "due", "never", "track")
