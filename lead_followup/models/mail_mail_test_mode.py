from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext
from odoo.tools.mail import prepend_html_content


class MailMail(models.Model):
    """While a company tests, a cadence's mail goes to its test address and says for whom it was."""

    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        touch = self._get_lead_touch() if self.model == "crm.lead" else None
        address = touch and touch._get_test_address()
        # a mailing then leaves its links to opt out alone: they would close the lead's address
        mail = self.with_context(mailing_test_mail=True) if address else self
        emails = super(MailMail, mail)._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        return [self._as_test(emails[0], address)] if address and emails else emails

    def _as_test(self, email, address):
        """Return ``email``, one of ``_prepare_outgoing_list``, as it goes to ``address``."""
        meant_for = ", ".join(email["email_to"]) or self.env._("nobody")
        note = Markup('<p style="border: 1px solid #999; padding: 8px;">%s</p>') % self.env._(
            "This is a test. Meant for %(addressee)s, who got nothing.", addressee=meant_for
        )
        body = prepend_html_content(str(email["body"]), str(note))
        return {
            **email,
            "subject": self.env._(
                "[Test for %(addressee)s] %(subject)s",
                addressee=meant_for,
                subject=email["subject"],
            ),
            "body": body,
            "body_alternative": html2plaintext(body),
            "email_cc": [],
            "email_to": [address],
            "email_to_normalized": [address],
            "email_to_raw": address,
            "partner_id": False,
        }
