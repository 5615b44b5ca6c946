from odoo import api, fields, models


class CrmLead(models.Model):
    """What a lead brought home from a show: its visits, and the latest one's facts at hand."""

    _inherit = "crm.lead"

    mobile = fields.Char(tracking=51)
    email_consent = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        string="May We E-mail?",
        help="“No” closes e-mail only. Left empty, nobody has asked yet.",
    )
    do_not_contact = fields.Boolean(help="Nobody writes to, calls or visits this lead any more.")
    rotation = fields.Integer(
        readonly=True, copy=False, help="How often this lead was lost and taken up again."
    )
    import_id = fields.Many2one("lead.import", index="btree_not_null", copy=False, readonly=True)
    visit_ids = fields.One2many("lead.show.visit", "lead_id")
    trade_show_id = fields.Many2one(
        "lead.trade.show",
        compute="_compute_latest_visit",
        inverse="_inverse_latest_visit",
        store=True,
        index="btree_not_null",
    )
    captured_at = fields.Datetime(
        compute="_compute_latest_visit", inverse="_inverse_latest_visit", store=True
    )
    captured_by = fields.Char(
        compute="_compute_latest_visit", inverse="_inverse_latest_visit", store=True
    )
    booth_rating = fields.Selection(
        [("hot", "Hot"), ("warm", "Warm"), ("cold", "Cold")],
        compute="_compute_latest_visit",
        inverse="_inverse_latest_visit",
        store=True,
    )

    @api.depends(
        "visit_ids.trade_show_id",
        "visit_ids.captured_at",
        "visit_ids.captured_by",
        "visit_ids.rating",
    )
    def _compute_latest_visit(self):
        for lead in self:
            visit = lead._get_latest_visits()
            lead.trade_show_id = visit.trade_show_id
            lead.captured_at = visit.captured_at
            lead.captured_by = visit.captured_by
            lead.booth_rating = visit.rating

    def _inverse_latest_visit(self):
        """Make or complete the visit at the show that is named; no visit is taken away.

        So a show can be picked by hand, as a column of Odoo's own import, as a hidden field of a
        web form or as a default of an address for e-mails.
        """
        visits = self.env["lead.show.visit"]
        facts_by_lead = {lead: lead._get_visit_facts() for lead in self}
        for lead, facts in facts_by_lead.items():
            show = facts["trade_show_id"]
            visit = lead.visit_ids.filtered(lambda visit, show=show: visit.trade_show_id.id == show)
            if visit:
                visit[:1].write({name: value for name, value in facts.items() if value})
            elif show:
                visits += visits.create({"lead_id": lead.id, **facts})
        visits._restart_clocks()
        visits._log_events()
        self._compute_latest_visit()

    def _get_visit_facts(self):
        """Return the values of a visit from the fields of this lead that stand for its latest."""
        show = self.trade_show_id
        return {
            "trade_show_id": show.id,
            "captured_at": self.captured_at or show.closes_at,
            "captured_by": self.captured_by,
            "rating": self.booth_rating,
        }

    def _phone_get_number_fields(self):
        return [*super()._phone_get_number_fields(), "mobile"]

    def _is_open_deal(self):
        """Tell whether a rep has this lead in hand, neither won nor lost.

        Accepted, or an opportunity of somebody's: made by hand, or before our time. One that is
        merely offered, or nurtured in marketing's name, is no deal yet.
        """
        self.ensure_one()
        own_opportunity = (
            self.type == "opportunity" and self.user_id and self.lifecycle == "inquiry"
        )
        return self.won_status == "pending" and bool(self.lifecycle == "sql" or own_opportunity)

    def _get_latest_visits(self):
        """Return each lead's latest visit."""
        return self.env["lead.show.visit"].union(
            *(
                lead.visit_ids.sorted(lambda visit: (bool(visit.captured_at), visit.captured_at))[
                    -1:
                ]
                for lead in self
            )
        )
