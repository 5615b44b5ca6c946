from datetime import timedelta

from odoo import api, fields, models

_QUEUE_AHEAD = timedelta(days=7)  # how long before its moment a touch is put on its way


class LeadTouch(models.Model):
    """One attempt to reach a lead: planned, on its way, made, or why it could not be made.

    A touch is unique for an enrollment, a step and a round, so that no step is made twice. A call
    outside a cadence has neither enrollment nor step; one agreed with the lead has no step.
    """

    _name = "lead.touch"
    _description = "Touch"
    _order = "planned_at desc, id desc"
    _rec_name = "step_id"

    enrollment_id = fields.Many2one("lead.cadence.enrollment", ondelete="cascade", index=True)
    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    step_id = fields.Many2one("lead.cadence.step", ondelete="restrict")
    cadence_id = fields.Many2one(related="enrollment_id.cadence_id")
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, index=True, precompute=True
    )
    round = fields.Integer(default=1)
    channel = fields.Selection(
        [("email", "Email"), ("call", "Call"), ("letter", "Letter"), ("task", "Task")],
        required=True,
    )
    user_id = fields.Many2one("res.users", "In the Name of", index="btree_not_null")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("waiting", "Waiting for a rep"),
            ("queued", "Queued"),
            ("sending", "Being sent"),
            ("done", "Done"),
            ("blocked", "Blocked"),
            ("failed", "Failed"),
            ("doubtful", "Doubtful"),
            ("cancelled", "Withdrawn"),
            ("skipped", "Skipped"),
        ],
        required=True,
        default="planned",
        index=True,
    )
    reason = fields.Char(help="The word for why it is blocked, failed or withdrawn.")
    reason_text = fields.Char("Why", compute="_compute_reason_text")
    planned_at = fields.Datetime(index=True)
    deadline = fields.Datetime(help="Until when the first contact had to be made, when planned.")
    slot_rule = fields.Selection(
        [
            ("window", "In the best hours"),
            ("working_day", "In the working day, before the deadline"),
            ("late", "First daytime, late by plan"),
        ],
        string="Chosen",
    )
    is_late_by_plan = fields.Boolean("Late by Plan")
    moved_by = fields.Selection(
        [
            ("cap", "The sender's daily cap"),
            ("pace", "The sender's other e-mails"),
            ("house", "Other e-mails to its domain"),
        ],
        help="What an earlier moment was full of.",
    )
    done_at = fields.Datetime()
    mail_id = fields.Many2one("mail.mail", ondelete="set null", index="btree_not_null")
    activity_id = fields.Many2one("mail.activity", ondelete="set null", index="btree_not_null")

    _to_queue_idx = models.Index("(planned_at) WHERE state = 'planned'")
    _step_unique = models.UniqueIndex(
        "(enrollment_id, step_id, round)", "A step is made once a round."
    )

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        texts = {
            "no_email": self.env._("No e-mail address"),
            "no_consent": self.env._("Said no to e-mail"),
            "same_address": self.env._("Another lead with this address is written to already"),
            "opted_out": self.env._("Opted out of e-mail"),
            "no_phone": self.env._("No phone number"),
            "no_calls": self.env._("Does not want to be called"),
            "wrong_number": self.env._("The number was wrong"),
            "email_bounced": self.env._("The e-mail address does not exist: it bounced"),
            "no_address": self.env._("No postal address"),
            "no_sender": self.env._(
                "Nobody to send it: the lead has no salesperson, the show no sender"
            ),
            "no_rep": self.env._("Waits until a salesperson is there"),
            "no_common_hour": self.env._("No hour in ten working days fits both lead and rep"),
            "no_hours": self.env._("Its window is never open"),
            "no_slot": self.env._("No fitting hour in a year"),
            "no_capacity": self.env._("The sender's daily cap is used up for a year"),
            "mail_missing": self.env._("Its e-mail was deleted"),
            "mail_cancelled": self.env._("Its e-mail was cancelled"),
            "mail_dup": self.env._("The same e-mail went to this address already"),
            "mail_bl": self.env._("Opted out of e-mail"),
            "mail_email_invalid": self.env._("The e-mail address is not usable"),
            "mail_email_missing": self.env._("No e-mail address"),
            "activity_deleted": self.env._("Its activity was deleted"),
            "no_sender_email": self.env._("Whoever would send it has no e-mail address"),
            "stopped": self.env._("The cadence had ended"),
            "do_not_contact": self.env._("Must not be contacted"),
            "closed": self.env._("Won or lost"),
            "archived": self.env._("Archived"),
            "address_changed": self.env._("The address was changed after it was queued"),
            "sender_archived": self.env._("Whose name it carries has left"),
            "crashed": self.env._("The server stopped while it was sent; it may have gone out"),
        }
        for touch in self:
            touch.reason_text = texts.get(touch.reason, touch.reason)

    def unlink(self):
        """Withdraw what is on its way first: a mail without its touch would go out unseen."""
        self._withdraw()
        return super().unlink()

    @api.model
    def _get_queue_horizon(self):
        """Return until which planned moment touches are put on their way now."""
        return fields.Datetime.now() + _QUEUE_AHEAD

    def _mark_done(self, done_at, is_human):
        """Note these touches as made and the lead's first contact; the cron then plans the next.

        Nothing else happens here: this runs in the transaction that tells whether a mail went out.

        :param done_at: naive UTC.
        :param is_human: whether a person made them, not the mail queue.
        """
        open_touches = self.filtered(
            lambda touch: touch.state in ("planned", "queued", "sending", "waiting")
        )
        if not open_touches:
            return
        open_touches.write({"state": "done", "done_at": done_at, "reason": False})
        leads = open_touches.lead_id
        names = ["first_touch_at"] + ["first_human_touch_at"] * is_human
        for name in names:
            untouched = leads.filtered(lambda lead: not lead[name])  # noqa: B023 - used at once
            untouched.write({name: done_at})
            untouched._get_latest_visits().write({name: done_at})
        open_touches.enrollment_id.last_touch_at = done_at
        open_touches.enrollment_id._ask_for_plan()

    def _mark_failed(self, reason):
        """Note these touches as failed, in sight; the cron goes on to the next step."""
        failed = self.filtered(
            lambda touch: touch.state in ("planned", "approval", "queued", "sending")
        )
        failed.write({"state": "failed", "reason": reason})
        failed.enrollment_id._ask_for_plan()

    def _mark_refused(self, reason):
        """Note that the mail server refused the mails of these touches; others may tell some
        apart."""
        self._mark_failed(reason)

    def _mark_doubtful(self):
        """Note that the server stopped while these mails were sent; they are not sent again."""
        self.write({"state": "doubtful", "reason": "crashed"})
        self.mail_id.write(
            {
                "state": "exception",
                "failure_reason": self.env._(
                    "The server stopped while this mail was sent. It may have gone out, so it "
                    "is not sent again by itself."
                ),
            }
        )
        self.enrollment_id._ask_for_plan()

    def _withdraw(self):
        """Take back what was planned, held or queued and not made yet; return those touches.

        A failed mail that somebody has put back in the queue is taken out of it as well.
        """
        self.mail_id.filtered(lambda mail: mail.state in ("outgoing", "approval")).cancel()
        live = self.filtered(
            lambda touch: touch.state in ("planned", "approval", "queued", "waiting")
        )
        activities = live.activity_id
        live.write({"state": "cancelled", "activity_id": False})
        activities.unlink()
        return live
