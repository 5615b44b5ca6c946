from odoo import models

_TEXTS = frozenset(
    {"subject", "body_html", "email_to", "email_cc", "partner_to", "reply_to", "lang", "model_id"}
)


class MailTemplate(models.Model):
    """A mended template is tried again on the leads it failed for."""

    _inherit = "mail.template"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & _TEXTS:
            self._try_again_on_leads()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(field_name, translations, source_lang)
        if field_name in _TEXTS:
            self._try_again_on_leads()
        return result

    def _try_again_on_leads(self):
        touches = self.env["lead.touch"]
        touches._try_texts_again(touches._get_template_fault_domain(self))
