from datetime import timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

_TESTED = "tested"


class LeadReferral(models.Model):
    """The e-mail of an ask: queued in its salesperson's name, at the pace of his e-mails.

    The company's stop switch holds it back, and its test mode leads it to the test address, as
    they do with a cadence's e-mails: the customer then counts as not asked yet.
    """

    _inherit = "lead.referral"

    def _queue(self, template):
        """Render the e-mails, sender by sender, and give each its moment in the mail queue."""
        for sender, mine in self.grouped("user_id").items():
            mails = (
                # with_user: the reply goes to the sender; sudo: he need not see the contact
                mine.with_user(sender)
                .sudo()
                .with_context(mail_composer_force_partners=False)
                .message_mail_with_source(
                    template,
                    email_from=sender.email_formatted,
                    author_id=sender.partner_id.id,
                    auto_delete=False,
                    force_send=False,
                )
            )
            mine._take_mails(mails)
            mine.message_subscribe(sender.partner_id.ids)

    def _take_mails(self, mails):
        mail_by_id = {mail.res_id: mail for mail in mails}
        pace = self.company_id[:1]._get_lead_pace_seconds()
        now = fields.Datetime.now()
        moments = []
        for referral in self:
            mail = mail_by_id.get(referral.id, mails.browse())
            referral.mail_id = mail
            if mail.state != "outgoing":
                referral._mark_not_asked(mail.failure_type or "mail_missing")
                continue
            moments.append(now + timedelta(seconds=pace * len(moments)))
            mail.scheduled_date = moments[-1]
        self.filtered(lambda one: one.company_id.lead_sending_stopped)._hold()
        if moments:
            # one wake-up a minute is as fine as the scheduler looks at the time
            minutes = {moment.replace(second=0) + timedelta(minutes=1) for moment in moments[1:]}
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger(
                at=sorted(minutes | {moments[0]})
            )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # The e-mail holds the link: whoever may do nothing about an ask does not read it either.
        if message_operation == "read":
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _hold(self):
        """Take the waiting mails of these asks out of the mail queue's sight."""
        mails = self.mail_id.filtered(lambda mail: mail.state == "outgoing")
        mails.write({"scheduled_date": self.env["lead.touch"]._HELD_UNTIL})

    def _release_held(self, companies):
        """Let the held asks of ``companies`` go that nothing holds back any more."""
        free = companies.filtered(lambda company: not company.lead_sending_stopped)
        held = self.search(self._get_waiting_domain(free) & self._get_held_domain())
        testing = held.filtered(lambda one: one.reason == _TESTED and one.company_id.lead_test_mode)
        (held - testing).write({"reason": False})
        (held - testing).mail_id.write({"scheduled_date": fields.Datetime.now()})
        if held - testing:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _get_waiting_domain(self, companies):
        return (
            Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "to_send")
            & Domain("mail_id.state", "=", "outgoing")
        )

    def _get_held_domain(self):
        return Domain("mail_id.scheduled_date", "=", self.env["lead.touch"]._HELD_UNTIL)

    def _get_test_address(self):
        """Return where this ask goes instead, False where it goes to its customer."""
        return self.company_id.lead_test_mode and self.company_id.lead_test_email

    def _may_send_now(self):
        """Tell whether the mail may go out now; if it never may, the ask says why."""
        self.ensure_one()
        mail = self.mail_id
        if self.state == "asked":  # it was being sent when the server stopped
            self._mark_broken_off()
            return False
        if self.state != "to_send":
            mail.cancel()
            return False
        if self.company_id.lead_sending_stopped:
            self._hold()
            return False
        reason = self._get_send_obstacle()
        if reason:
            mail.cancel()
            self._mark_not_asked(reason)
            return False
        return True

    def _mark_broken_off(self):
        """Note that nobody knows whether this e-mail went out; it is not sent again."""
        self.ensure_one()
        if self.state == "asked":
            self.reason = "crashed"
        text = self._get_reason_texts()["crashed"]
        self.mail_id.write({"state": "exception", "failure_reason": text})

    def _put_back(self):
        """Have this ask wait in the mail queue again: the mail server has not heard of it."""
        self.filtered(lambda one: one.state == "asked").write(
            {"state": "to_send", "asked_at": False}
        )

    def _get_send_obstacle(self):
        """Return the word for what has changed since the mail was queued, None for nothing."""
        partner = self.partner_id
        closed = self._get_closed_by_word(partner)
        checks = (
            ("archived", not partner.active),
            ("do_not_contact", partner in closed["do_not_contact"]),
            ("no_email", not partner.email_normalized),
            ("opted_out", partner.is_blacklisted),
            ("no_consent", partner in closed["no_consent"]),
            ("email_bounced", partner in closed["email_bounced"]),
        )
        return next((word for word, is_so in checks if is_so), None)

    def _mark_tested(self):
        """Put these e-mails by, sent as a test: the customer is still to get them."""
        self.write({"reason": _TESTED})
        self.mail_id.write(
            {"state": "outgoing", "scheduled_date": self.env["lead.touch"]._HELD_UNTIL}
        )

    def _get_reason_texts(self):
        return {
            **super()._get_reason_texts(),
            _TESTED: self.env._("Sent as a test; the customer has not had it yet"),
        }

    def _get_opt_out_url(self):
        """Return where the addressee of this ask, or of its test, opts out."""
        self.ensure_one()
        address = self._get_test_address() or email_normalize(self.partner_id.email or "")
        # no lead: the link closes the address alone
        token = self.env["crm.lead"]._get_opt_out_token(address)
        path = f"/lead/opt-out/0/{token}?{urlencode({'email': address or ''})}"
        return f"{self.get_base_url().rstrip('/')}{path}"

    def _render_opt_out_foot(self):
        """Return the foot of this ask's e-mail, in its customer's language."""
        self.ensure_one()
        code = self.partner_id.lang
        referral = self.with_context(lang=code) if code else self
        language = self.env["res.lang"]._get_data(code=code or self.env.lang or "en_US")
        return Markup(  # noqa: S704 - rendered from our template, which escapes what is put in
            referral.env["ir.qweb"]._render(
                "lead_followup.opt_out_foot",
                {
                    "url": self._get_opt_out_url(),
                    "company_name": self.company_id.name,
                    "direction": language.direction or "ltr",
                },
                minimal_qcontext=True,
            )
        )
