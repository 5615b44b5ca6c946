from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..tools import timing


class LeadTradeShow(models.Model):
    """A trade show at which the company exhibits.

    It says when the show closes in its own time zone, from when the clock of the first contact
    runs and how long it is, who sends while a lead has no salesperson, and which cadence its
    leads enter. Each show owns one UTM campaign, through which all of Odoo's reports know it.
    """

    _name = "lead.trade.show"
    _description = "Trade Show"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_begin = fields.Date("Begins", required=True, tracking=True)
    date_end = fields.Date("Ends", required=True, tracking=True)
    closing_hour = fields.Float(
        default=18.0, help="Hour of the last day at which the show closes, in its time zone."
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
    )
    closes_at = fields.Datetime(compute="_compute_closes_at", store=True)
    city = fields.Char()
    country_id = fields.Many2one("res.country")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user, tracking=True
    )
    staff_ids = fields.Many2many("res.users", string="Booth Staff")
    sender_id = fields.Many2one(
        "res.users",
        compute="_compute_sender_id",
        store=True,
        readonly=False,
        help="E-mails and letters go out in this name while a lead has no salesperson.",
    )
    campaign_id = fields.Many2one(
        "utm.campaign", required=True, ondelete="restrict", copy=False, readonly=True, index=True
    )
    cadence_id = fields.Many2one(
        "lead.cadence",
        default=lambda self: self.env.ref(
            "lead_followup.lead_cadence_trade_show", raise_if_not_found=False
        ),
        check_company=True,
        help="The leads of this show enter it by themselves.",
    )
    clock_start = fields.Selection(
        [("closing", "The closing of the show"), ("scan", "The scan at the booth")],
        required=True,
        default="closing",
        string="First Contact Counts From",
    )
    clock_hours = fields.Integer(
        "First Contact Within (hours)", default=48, help="Hours until the first contact is late."
    )
    visit_ids = fields.One2many("lead.show.visit", "trade_show_id")
    import_ids = fields.One2many("lead.import", "trade_show_id")
    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_begin)", "A show ends on the day it begins, or later."
    )
    _clock_hours_positive = models.Constraint(
        "CHECK(clock_hours > 0)", "The hours for the first contact are a number above zero."
    )

    @api.depends("country_id")
    def _compute_tz(self):
        for show in self:
            zone = timing.zone_of_country(show.country_id.code)
            show.tz = show.tz or zone or self.env.user.tz or "UTC"

    @api.depends("date_end", "closing_hour", "tz")
    def _compute_closes_at(self):
        for show in self:
            show.closes_at = show.date_end and show._closing_moment()

    @api.depends("user_id")
    def _compute_sender_id(self):
        for show in self:
            show.sender_id = show.sender_id or show.user_id

    @api.constrains("closing_hour")
    def _check_closing_hour(self):
        for show in self:
            if not 0 <= show.closing_hour <= 24:
                raise ValidationError(
                    self.env._(
                        "“%(show)s” closes at an hour between 0:00 and 24:00, not at %(hour)s.",
                        show=show.name,
                        hour=show.closing_hour,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        missing = [vals for vals in vals_list if not vals.get("campaign_id")]
        campaigns = self.env["utm.campaign"].create(
            [{"title": vals.get("name") or self.env._("Trade Show")} for vals in missing]
        )
        for vals, campaign in zip(missing, campaigns, strict=True):
            vals["campaign_id"] = campaign.id
        return super().create(vals_list)

    def action_import(self):
        """Open an empty import for this show."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import leads of %(show)s", show=self.name),
            "res_model": "lead.import",
            "view_mode": "form",
            "context": {"default_trade_show_id": self.id},
        }

    def _closing_moment(self):
        """Return the closing of the last day as naive UTC."""
        self.ensure_one()
        zone = pytz.timezone(self.tz or "UTC")
        seconds = round(self.closing_hour * 3600)
        midnight = datetime.combine(self.date_end, time.min) + timedelta(seconds=seconds)
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    def _first_contact_deadline(self, captured_at):
        """Return until when a visitor hears from us; ``captured_at`` is naive UTC or False."""
        return self._first_contact_start(captured_at) + timedelta(hours=self.clock_hours)

    def _first_contact_start(self, captured_at):
        """Return from when a visitor's first contact counts; ``captured_at`` is naive UTC."""
        self.ensure_one()
        return captured_at if self.clock_start == "scan" and captured_at else self.closes_at
