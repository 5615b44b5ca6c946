from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from odoo.addons.lead_followup.models.first_cause import get_first_cause

_TEXTS = ("subject", "preview", "body_html")


class MailingMailing(models.Model):
    """A piece that is ready is written for an example lead when it is saved.

    So a placeholder that can't be filled is found by its author, and not by the first reader.
    """

    _inherit = "mailing.mailing"

    @api.constrains(
        "is_lead_content", "is_lead_content_ready", "mailing_model_id", "attachment_ids", *_TEXTS
    )
    def _check_lead_content_texts(self):
        for mailing in self:
            if mailing.is_lead_content and mailing.is_lead_content_ready:
                mailing._refuse_faults()

    def _refuse_faults(self):
        """Refuse an empty text, and one that can't be written for a lead.

        :raises ValidationError: which text it is, and what is wrong with it.
        """
        self.ensure_one()
        if is_html_empty(self.body_html) and "t-out=" not in (self.body_html or ""):
            raise ValidationError(
                self.env._(
                    "“%(mailing)s” has no text yet.\n"
                    "Write it, or switch “Ready” off until it is written.",
                    mailing=self.subject,
                )
            )
        fault = self._find_fault()
        if fault:
            name, error = fault
            raise ValidationError(
                self.env._(
                    "“%(mailing)s” can't be written for a lead, because of its %(field)s:\n"
                    "%(error)s\n"
                    "Correct the placeholder, or switch “Ready” off until it is right.",
                    mailing=self.subject,
                    field=self._fields[name].get_description(self.env)["string"],
                    error=get_first_cause(error),
                )
            )

    def _find_fault(self):
        """Return ``(field, error)`` of the first text that can't be written, None for none."""
        # sudo: an example lead, which is taken back at once; whoever writes texts need not see any
        mixin = self.env["lead.forecast.mixin"].sudo()
        with mixin._taken_back():
            leads = mixin.env["crm.lead"].with_context(
                tracking_disable=True, mail_create_nosubscribe=True, lead_forecast=True
            )
            lead = leads.create(self._prepare_example_vals())
            tried = ((name, self._try_text(name, lead)) for name in _TEXTS)
            return next(((name, error) for name, error in tried if error), None)

    def _try_text(self, name, lead):
        """Return the error that writing the text ``name`` for ``lead`` ends in, None for none."""
        try:
            # sudo: whoever writes texts need not see leads
            self.sudo()._render_field(name, lead.ids)
        except OperationalError:
            raise  # two transactions met: Odoo tries again
        except Exception as error:  # whatever a text may do wrong
            return error
        return None

    @api.model
    def _prepare_example_vals(self):
        """Return what the lead is for which texts are tried out."""
        return {
            "name": "Example",
            "contact_name": "Ada Example",
            "partner_name": "Example Ltd",
            "email_from": "ada@lead.example",
            "type": "lead",
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
        }
