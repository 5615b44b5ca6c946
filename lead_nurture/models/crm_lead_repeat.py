from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class CrmLead(models.Model):
    """When a customer is expected to buy again, by the cycle of what he bought.

    The shortest cycle of the lead's interests counts, else the company's; the day is counted from
    the sale, by UTC. It is set when the lead is won, where its company takes up repeat sales, and
    anybody may change it. A day is taken up once: another day makes it another occasion.
    """

    _inherit = "crm.lead"

    repeat_of_id = fields.Many2one(
        "crm.lead",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        readonly=True,
        help="The sale that this one repeats.",
    )
    repeat_ids = fields.One2many("crm.lead", "repeat_of_id", "Repeats")
    repeat_date = fields.Date(
        "Next Purchase",
        copy=False,
        help="On this day a new opportunity is made beside this one, unless one is open by then.",
    )
    repeat_handled_at = fields.Datetime("Next Purchase Taken Up On", readonly=True, copy=False)

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"repeat_of_id", "repeat_handled_at"}

    def write(self, vals):
        if "repeat_date" in vals and "repeat_handled_at" not in vals:
            day = fields.Date.to_date(vals["repeat_date"])
            moved = self.filtered(lambda lead: lead.repeat_handled_at and lead.repeat_date != day)
            # sudo: whoever may write the lead says when the customer buys again
            super(CrmLead, moved.sudo()).write({"repeat_handled_at": False})
        by_cycle = self.browse()
        if "interest_ids" in vals and "repeat_date" not in vals:
            by_cycle = self._filter_repeat_by_cycle()
        result = super().write(vals)
        by_cycle._set_repeat_dates()
        return result

    def _filter_repeat_by_cycle(self):
        """Return the won ones whose next purchase is ahead, and its day as the cycle has it."""
        return self.filtered(
            lambda lead: (
                lead.repeat_date
                and not lead.repeat_handled_at
                and lead.won_status == "won"
                and lead.repeat_date == lead._get_repeat_date()
            )
        )

    def _follow_sale(self):
        result = super()._follow_sale()
        expecting = self.filtered(lambda lead: lead._get_settings_company().lead_repeat_sales)
        # a sale that was undone and made again has its repeat already
        (expecting - expecting._get_repeated())._set_repeat_dates()
        return result

    def _follow_sale_undone(self):
        result = super()._follow_sale_undone()
        self.filtered(lambda lead: lead.repeat_date and not lead.repeat_handled_at).write(
            {"repeat_date": False}
        )
        self._expect_older_anew()
        return result

    def _expect_older_anew(self):
        """Let the days of older sales be taken up anew that these leads may have settled."""
        settled = self._get_other_sales().filtered(
            lambda lead: (
                lead.repeat_handled_at and lead.repeat_handled_at >= min(self.mapped("create_date"))
            )
        )
        # sudo: the program's field
        (settled - settled._get_repeated()).sudo().repeat_handled_at = False

    def _get_repeated(self):
        """Return those of these sales that have a repeat, open or not."""
        # sudo: it counts that there is one, whoever may see it
        repeats = self.sudo().with_context(active_test=False)
        return repeats.search([("repeat_of_id", "in", self.ids)]).repeat_of_id

    def _set_repeat_dates(self):
        """Set when these customers are expected again; empty where nothing says so."""
        for day, leads in self.grouped(lambda lead: lead._get_repeat_date()).items():
            leads.filtered(lambda lead, day=day: lead.repeat_date != day).write(
                {"repeat_date": day}
            )

    def _get_repeat_date(self):
        """Return the day by the cycle, False where there is none."""
        self.ensure_one()
        months = self._get_cycle_months()
        return months and (self._get_won_at() + relativedelta(months=months)).date()

    def _get_cycle_months(self):
        """Return after how many months this customer buys again, 0 where nothing says so."""
        self.ensure_one()
        cycles = [interest.cycle_months for interest in self.interest_ids if interest.cycle_months]
        return min(cycles, default=self._get_settings_company().lead_repeat_months)
