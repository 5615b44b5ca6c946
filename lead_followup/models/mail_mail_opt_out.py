from odoo import models
from odoo.tools.mail import append_content_to_html, email_normalize


class MailMail(models.Model):
    """Each cadence's mail says how to get no more of them: in its foot, and to mail programs.

    Source of the headers: RFC 8058, one-click opt-out. A mailing sets its own.
    """

    _inherit = "mail.mail"

    def _get_lead_touch(self):
        """Return the touch that this mail makes, none for any other mail."""
        self.ensure_one()
        # sudo: the mail queue may run as anybody
        return self.env["lead.touch"].sudo().search([("mail_id", "=", self.id)], limit=1)

    def _get_opt_out_url(self, touch):
        """Return where the addressee of this mail, or of its test, opts out."""
        address = (
            touch._get_test_address()
            or email_normalize(self.email_to or "", strict=False)
            or email_normalize(self.recipient_ids[:1].email or "")
            or touch.lead_id.email_normalized
        )
        return touch.lead_id._get_opt_out_url(address)

    def _prepare_outgoing_body(self):
        body = super()._prepare_outgoing_body()
        touch = self._get_lead_touch() if body and self.model == "crm.lead" else None
        # whoever put a mailing's own link into the text needs no second one
        if not touch or "/unsubscribe_from_list" in body:
            return body
        foot = touch.lead_id._render_opt_out_foot(
            self._get_opt_out_url(touch), touch._get_sending_company()
        )
        return append_content_to_html(str(body), str(foot), plaintext=False)

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        touch = self._get_lead_touch() if self.model == "crm.lead" else None
        if not touch:
            return emails
        headers = {
            "List-Unsubscribe": f"<{self._get_opt_out_url(touch)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        for email in emails:
            if touch._get_test_address():  # a tester's click must not close the lead's address
                email["headers"] = {**email["headers"], **headers}
            else:
                email["headers"] = {**headers, **email["headers"]}
        return emails
