from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class LeadTouchReview(models.TransientModel):
    """One e-mail to approve, to be read, changed and decided on; then the next of its row."""

    _name = "lead.touch.review"
    _description = "Review an E-mail"

    touch_id = fields.Many2one("lead.touch", readonly=True, ondelete="set null")
    mail_ref = fields.Integer(help="Which e-mail was shown; the touch may get another meanwhile.")
    waiting = fields.Json(help="Ids of the touches that come after this one.")
    waiting_count = fields.Integer("More to Approve", compute="_compute_waiting_count")
    lead_id = fields.Many2one(related="touch_id.lead_id")
    email_to = fields.Char(related="touch_id.email_to")
    user_id = fields.Many2one(related="touch_id.user_id")
    planned_at = fields.Datetime(related="touch_id.planned_at")
    deadline = fields.Datetime(related="touch_id.lead_id.first_touch_deadline")
    clock_state = fields.Selection(related="touch_id.clock_state")
    is_past = fields.Boolean(compute="_compute_is_past", help="Its moment has passed.")
    subject = fields.Char(required=True)
    body = fields.Html(sanitize="email_outgoing")
    shown_subject = fields.Char(readonly=True)
    shown_body = fields.Html(sanitize="email_outgoing", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews.touch_id.check_access("read")
        return reviews

    def write(self, vals):
        result = super().write(vals)
        if "touch_id" in vals:
            self.touch_id.check_access("read")
        return result

    def _compute_waiting_count(self):
        for review in self:
            review.waiting_count = len(review.waiting or ())

    def _compute_is_past(self):
        now = fields.Datetime.now()
        for review in self:
            review.is_past = review.planned_at and review.planned_at < now

    def _open(self, touch_ids):
        """Return an action that shows the first of these touches that still waits for approval.

        :param touch_ids: in the order in which they are shown.
        """
        touches = self.env["lead.touch"].browse(touch_ids).exists()
        # sudo: what is decided on may be out of the sight of whoever stood in
        held = [touch.id for touch in touches.sudo() if touch.state == "approval"]
        if not held:
            return self._close()
        touch, waiting = touches.browse(held[0]), held[1:]
        touch.check_access("read")
        mail = touch.sudo().mail_id  # sudo: who may approve an e-mail may read it
        review = self.create(
            {
                "touch_id": touch.id,
                "mail_ref": mail.id,
                "waiting": waiting,
                "subject": mail.subject,
                "shown_subject": mail.subject,
                "body": mail.body_html,
                "shown_body": mail.body_html,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-mail to Approve"),
            "res_model": self._name,
            "res_id": review.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _close(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("No e-mail is left in this row."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_approve(self):
        """Send this e-mail as it stands here, at its moment, and show the next.

        :raises UserError: it says nothing, or is not what was opened.
        """
        self.ensure_one()
        held = self._get_held()
        self._check_text()
        # sudo: nobody writes touches by hand
        touch = held.sudo()
        if (self.subject, self.body) != (self.shown_subject, self.shown_body):
            touch._rewrite(self.subject, self.body)
        message = touch._say_approved(touch, touch._approve())
        if message["params"]["type"] == "warning":
            return self._tell(message)
        return self._open(self.waiting or [])

    def action_next(self):
        """Decide on this one later; show the next."""
        self.ensure_one()
        return self._open([*(self.waiting or []), *self.touch_id.ids])

    def action_reject(self):
        """Ask why this e-mail is not to be sent; the next is shown after that."""
        self.ensure_one()
        return self.env["lead.touch.reject"]._open(self._get_held(), self.waiting or [])

    def _get_held(self):
        """Return the touch shown, if it is still to be approved, by this person and as shown.

        :raises UserError: it has got another e-mail since, or was taken back.
        """
        if not self.touch_id:
            raise UserError(
                self.env._(
                    "This e-mail was taken back since you opened it, because its cadence was "
                    "paused or ended, so nothing was sent.\nClose it and go on with the next."
                )
            )
        held = self.touch_id._get_own_held()
        if held.sudo().mail_id.id != self.mail_ref:
            raise UserError(
                self.env._(
                    "This e-mail was prepared anew since you opened it, so nothing was sent.\n"
                    "Close it and open it again to see what it says now."
                )
            )
        return held

    def _check_text(self):
        if is_html_empty(self.body) or not self.subject.strip():
            raise UserError(
                self.env._(
                    "The e-mail to “%(lead)s” has no subject or no text, so nothing was sent.\n"
                    "Write it, or press “Don't Send…”.",
                    lead=self.sudo().lead_id.name,  # sudo: a stand-in need not see the lead
                )
            )

    def _tell(self, message):
        """Return ``message`` with the next e-mail after it."""
        message["params"]["next"] = self._open(self.waiting or [])
        return message
