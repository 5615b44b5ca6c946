from odoo import api, fields, models


class LeadTouch(models.Model):
    """A first e-mail that its sender approves: prepared, held, and sent as he left it.

    It is rendered as others are and then kept out of the mail queue. Approved before its moment,
    it goes out then; approved later, it gets the next good moment by the planner, the sender's
    daily cap included. Nobody else's word and no lapse of time sends it.
    """

    _inherit = "lead.touch"

    state = fields.Selection(
        selection_add=[("waiting",), ("approval", "To approve"), ("queued",)],
        ondelete={"approval": "set cancelled"},
    )
    approved_at = fields.Datetime(readonly=True)
    approved_user_id = fields.Many2one(
        "res.users", "Approved By", readonly=True, index="btree_not_null"
    )
    is_rewritten = fields.Boolean(readonly=True, help="Its text is somebody's own by now.")
    email_subject = fields.Char("E-mail Subject", related="mail_id.subject")
    email_to = fields.Char("E-mail To", compute="_compute_email_to", compute_sudo=True)
    clock_state = fields.Selection(related="lead_id.clock_state")

    _to_approve_idx = models.Index("(user_id) WHERE state = 'approval'")

    @api.depends("mail_id.email_to", "mail_id.recipient_ids")
    def _compute_email_to(self):
        for touch in self:
            mail = touch.mail_id
            touch.email_to = mail.email_to or ", ".join(
                partner.email_formatted for partner in mail.recipient_ids if partner.email
            )

    @api.depends("note")
    def _compute_reason_text(self):
        rejected = self.filtered(lambda touch: touch.reason == "rejected")
        for touch in rejected:
            touch.reason_text = self.env._("Not approved: %(note)s", note=touch.note or "–")
        return super(LeadTouch, self - rejected)._compute_reason_text()

    def _needs_approval(self):
        """Tell whether this e-mail waits for its sender's word: the first of its cadence."""
        self.ensure_one()
        enrollment = self.enrollment_id
        if not enrollment.cadence_id.is_first_email_approved or self.round > 1 or self.approved_at:
            return False
        sent = ("queued", "sending", "done", "doubtful")
        return not any(
            touch.channel == "email" and touch.state in sent
            for touch in enrollment.touch_ids - self
        )

    def _hold_for_approval(self):
        """Take these queued e-mails out of the mail queue until they are approved."""
        self.write({"state": "approval"})
        self.mail_id.write({"state": "approval"})

    def _approve(self):
        """Let these held e-mails go out, at their moment or the next good one.

        Those that may not be sent any more are blocked with the reason; the cadence goes on. What
        is not held any more is left alone: two who approve at once send once.

        :return: those that will go out.
        """
        held = self.filtered(lambda touch: touch.state == "approval")
        doubled = held.enrollment_id._filter_same_address()
        for reason, touches in held.grouped(
            lambda touch: touch._get_hold_obstacle(doubled)
        ).items():
            if reason:
                touches._block(reason)
        held.filtered(lambda touch: touch.state == "approval")._plan_late()
        ready = held.filtered(lambda touch: touch.state == "approval")
        ready.write(
            {
                "state": "queued",
                "approved_at": fields.Datetime.now(),
                "approved_user_id": self.env.uid,
            }
        )
        ready.mail_id.write({"state": "outgoing"})
        ready._schedule_mails()
        return ready

    def _get_hold_obstacle(self, doubled=None):
        """Return the word for why this held e-mail may not go out, None if it may."""
        self.ensure_one()
        if not self.mail_id:
            return "mail_missing"
        return self._get_send_obstacle(doubled)

    def _plan_late(self):
        """Give those whose moment has passed the next good one; block those that have none."""
        now = fields.Datetime.now()
        late = self.filtered(lambda touch: touch.planned_at < now)
        late.planned_at = False  # their old places don't count against a cap
        moments = late.enrollment_id._choose_moments(
            {touch.enrollment_id: touch.step_id for touch in late}
        )
        for touch in late:
            enrollment = touch.enrollment_id
            vals = enrollment._prepare_moment_vals(moments[enrollment])
            if vals.pop("state") == "blocked":
                touch._block(vals["reason"])
                continue
            touch.write(vals)
            enrollment.next_touch_at = touch.planned_at

    def _rewrite(self, subject, body):
        """Let this held e-mail say ``subject`` and ``body`` (HTML); the lead's history alike."""
        self.ensure_one()
        self.mail_id.write({"subject": subject, "body_html": body, "body": body})
        self.is_rewritten = True

    def _reject(self, note, is_stop):
        """Send none of these held e-mails, because of ``note``; return those it concerned.

        :param is_stop: whether their cadences end; else these go on with the next step, and the
            next e-mail is the first, to be approved in its turn.
        """
        held = self.filtered(lambda touch: touch.state == "approval")
        held.write({"note": note})
        bodies = {
            touch.lead_id.id: self.env._(
                "E-mail not approved: “%(subject)s”. %(note)s",
                subject=touch.email_subject or touch._get_title(),
                note=note,
            )
            for touch in held
        }
        if is_stop:
            held.enrollment_id._stop("rejected")
            held.write({"reason": "rejected"})
        else:
            held._block("rejected")
        held._drop_mails()
        held.lead_id._message_log_batch(bodies=bodies)
        return held

    def _drop_mails(self):
        """Delete e-mails that were in no queue and went to nobody: they are no history."""
        self.mail_id.mail_message_id.unlink()  # the mail goes with its message

    def _pass_on_held(self):
        """Prepare held e-mails anew in the name of whoever signs for their leads now.

        What was changed by hand goes with the old one: it was another's letter.
        """
        moved = self.filtered(lambda touch: touch.user_id != touch.enrollment_id._get_sender())
        moved._drop_mails()
        signed = moved._sign_anew()
        signed.write({"state": "planned", "is_rewritten": False})
        signed._queue()
        signed.filtered(lambda touch: touch.state == "queued")._hold_for_approval()
