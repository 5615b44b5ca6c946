from odoo import fields, models


class LeadClockNotice(models.Model):
    """What was done about one lead's first contact, whom it was told, and when.

    Each stage happens once a clock: a lead whose clock starts anew is watched anew. They are kept.
    """

    _name = "lead.clock.notice"
    _description = "First-contact Notice"
    _order = "noticed_at desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    stage = fields.Selection(
        [
            ("remind", "Reminded"),
            ("leader", "Told the team leader"),
            ("pass_on", "Taken from its salesperson"),
        ],
        "What Was Done",
        required=True,
    )
    user_id = fields.Many2one("res.users", "Whom", ondelete="set null")
    noticed_at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    clock_started_at = fields.Datetime(required=True)

    _once_a_clock = models.UniqueIndex(
        "(lead_id, stage, clock_started_at)", "Each stage of a clock happens once."
    )
