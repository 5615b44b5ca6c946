from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

_BATCH = 500  # touches that are tried again at once


class LeadTouch(models.Model):
    """An e-mail whose text could not be made: somebody is told, and once mended it is made.

    Who looks after the cadence is told once a text, with how many leads it concerned, and not
    again until the text has been changed. Then those whose turn has not passed are tried again.
    """

    _inherit = "lead.touch"

    is_text_fault = fields.Boolean(
        "Its Text Failed", readonly=True, help="It is made once somebody has mended its template."
    )

    _text_fault_idx = models.Index("(step_id) WHERE is_text_fault IS TRUE")

    def _note_text_fault(self):
        self.is_text_fault = True
        return super()._note_text_fault()

    def _queue_emails(self):
        result = super()._queue_emails()
        faulty = self.filtered(lambda touch: touch.is_text_fault and touch.state == "failed")
        for (_step, text), touches in faulty.grouped(
            lambda touch: (touch.step_id, touch._get_failing_text())
        ).items():
            if not text.text_fault_told_at:
                text.text_fault_told_at = fields.Datetime.now()
                touches._tell_text_fault()
        return result

    def _get_failing_text(self):
        """Return the record whose text it is, with ``text_fault_told_at``; others add theirs."""
        self.ensure_one()
        return self.step_id

    def _tell_text_fault(self):
        """Tell whoever looks after the cadence of these failed e-mails of one step."""
        step = self.step_id
        user = step._get_author(self.lead_id)
        if not user:
            return
        told = self.with_context(lang=user.lang)
        subject = told.env._(
            "The e-mail “%(step)s” of “%(cadence)s” cannot be made",
            step=step.name,
            cadence=step.cadence_id.name,
        )
        body = told.env._(
            "For %(count)s leads just now. %(why)s Mend the text: those whose turn has not passed "
            "then get it. Until then you are not told again.",
            count=len(self),
            why=f"{self[0].reason.rstrip('.')}.",
        )
        # sudo: whoever's run it was in
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=body,
            model=step.cadence_id._name,
            res_id=step.cadence_id.id,
            email_layout_xmlid="mail.mail_notification_layout",
            email_add_signature=False,
        )

    @api.model
    def _get_template_fault_domain(self, templates):
        """Return which touches were to be made from ``templates``; others may leave out theirs."""
        return Domain("step_id.template_id", "in", templates.ids)

    @api.model
    def _try_texts_again(self, domain):
        """Make the e-mails in ``domain`` whose text had failed, where their turn has not passed.

        The cron does it: each takes its place in its cadence again.
        """
        # sudo: who may change a text need not see the leads
        touches = self.sudo()
        faulty = touches.search(
            Domain(domain)
            & Domain("is_text_fault", "=", True)
            & Domain("state", "=", "failed")
            & Domain("enrollment_id.state", "=", "active")
        )
        for text in {touch._get_failing_text() for touch in faulty}:
            text.text_fault_told_at = False
        for batch in split_every(_BATCH, faulty.ids, touches.browse):
            batch.filtered(lambda touch: touch._is_in_turn())._give_step_back()

    def _is_in_turn(self):
        """Tell whether nothing after this failed step of the round was made or is being sent."""
        self.ensure_one()
        enrollment = self.enrollment_id
        return self.round == enrollment.round and not any(
            touch.id > self.id and touch.state in ("done", "sending", "doubtful")
            for touch in enrollment.touch_ids
        )

    def _give_step_back(self):
        """Forget these failed touches, so that their steps come again, before those after them."""
        enrollments = self.enrollment_id
        self.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        self.unlink()
        enrollments._withdraw_steps()
        enrollments._ask_for_plan()
