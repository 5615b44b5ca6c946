from odoo import api, fields, models


class LeadShowVisit(models.Model):
    """A lead at a show: when, whom they met, how promising they seemed, what was said.

    A lead has one visit a show; at the next show it gets a second. The clock of the first
    contact and the share in the show's cost belong to the visit, not to the lead.
    """

    _name = "lead.show.visit"
    _description = "Trade Show Visit"
    _order = "captured_at desc, id desc"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    trade_show_id = fields.Many2one("lead.trade.show", ondelete="restrict", index=True)
    import_id = fields.Many2one(
        "lead.import", ondelete="set null", index="btree_not_null", copy=False
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, index=True, precompute=True
    )
    captured_at = fields.Datetime()
    captured_by = fields.Char(help="Whom the visitor met, as the scanner wrote it.")
    rating = fields.Selection([("hot", "Hot"), ("warm", "Warm"), ("cold", "Cold")])
    note = fields.Text()
    first_touch_deadline = fields.Datetime(
        compute="_compute_first_touch_deadline", store=True, readonly=False, precompute=True
    )
    clock_started_at = fields.Datetime(
        "Clock Started", compute="_compute_first_touch_deadline", store=True, precompute=True
    )
    first_touch_at = fields.Datetime(readonly=True)
    first_human_touch_at = fields.Datetime(readonly=True)
    is_in_time = fields.Boolean(
        "Contacted in Time", compute="_compute_is_in_time", store=True, precompute=True
    )
    is_new_lead = fields.Boolean(
        "New Lead",
        compute="_compute_is_new_lead",
        store=True,
        precompute=True,
        help="This visit brought the lead; else it was known before.",
    )
    temperature = fields.Selection(related="lead_id.temperature", store=True, precompute=True)

    _lead_show_unique = models.UniqueIndex(
        "(lead_id, trade_show_id) WHERE trade_show_id IS NOT NULL",
        "This lead already has a visit at this show.",
    )
    _lead_scan_unique = models.UniqueIndex(
        "(lead_id, captured_at) WHERE trade_show_id IS NULL",
        "This lead already has a visit at this time.",
    )

    @api.depends(
        "trade_show_id.closes_at",
        "trade_show_id.clock_start",
        "trade_show_id.clock_hours",
        "captured_at",
    )
    def _compute_first_touch_deadline(self):
        for visit in self:
            show = visit.trade_show_id
            visit.first_touch_deadline = (
                show._first_contact_deadline(visit.captured_at)
                if show
                else visit.first_touch_deadline
            )
            visit.clock_started_at = (
                show._first_contact_start(visit.captured_at) if show else visit.captured_at
            )

    @api.depends("first_touch_at", "first_touch_deadline")
    def _compute_is_in_time(self):
        for visit in self:
            at, deadline = visit.first_touch_at, visit.first_touch_deadline
            visit.is_in_time = bool(at and deadline and at <= deadline)

    @api.depends("lead_id", "trade_show_id")
    def _compute_is_new_lead(self):
        """Tell whether the show brought this lead: imported for it, or made since it began."""
        for visit in self:
            lead, show = visit.lead_id, visit.trade_show_id
            source = lead.import_id
            if source or not show:
                visit.is_new_lead = bool(source) and source == visit.import_id
            else:
                begin = fields.Datetime.to_datetime(show.date_begin)
                earlier = lead.visit_ids - visit - visit._origin
                visit.is_new_lead = not earlier and (lead.create_date or begin) >= begin

    def _restart_clocks(self):
        """Let the clock of the leads that were contacted before run again for these visits."""
        leads = self.lead_id.filtered("first_touch_at")
        leads.write({"first_touch_at": False, "first_human_touch_at": False})

    def _log_events(self):
        """Log each visit's scan and its rating as events of the lead, once each."""
        kind_by_rating = {"hot": "rating_hot", "warm": "rating_warm"}
        vals_list = []
        for visit in self:
            kinds = ["scan"]
            if visit.rating in kind_by_rating:
                kinds.append(kind_by_rating[visit.rating])
            vals_list += [
                {
                    "lead_id": visit.lead_id.id,
                    "kind": kind,
                    "occurred_at": visit.captured_at,
                    "ref": f"visit,{visit.id},{kind}",
                    "note": visit.trade_show_id.name or False,
                }
                for kind in kinds
                if visit.captured_at
            ]
        self.env["lead.event"]._log(vals_list)

    def _take_back_events(self):
        """Remove the events that these visits logged; they are about to be taken back."""
        self._unlink_events(("scan", "rating_hot", "rating_warm"))

    def _take_back_rating(self):
        """Remove the events that the rating of these visits logged."""
        self._unlink_events(("rating_hot", "rating_warm"))

    def _unlink_events(self, kinds):
        refs = [f"visit,{visit.id},{kind}" for visit in self for kind in kinds]
        # sudo: nobody unlinks events by hand
        self.env["lead.event"].sudo().search([("ref", "in", refs)]).unlink()
