from odoo import models


class LeadTouch(models.Model):
    """In a preview the content is chosen as it would be, and nothing is written for anybody."""

    _inherit = "lead.touch"

    def _look_before_making(self):
        result = super()._look_before_making()
        is_open = self._filter_coming() and self._is_from_library()
        if is_open and not self.content_id and not self.mail_id:
            self._take_content(self._choose_content())
        return result

    def _get_foreseen_content(self):
        """Return ``(subject, why)`` of what this touch gives; two Falses for a template."""
        self.ensure_one()
        # sudo: whoever sees a lead sees what it gets
        return self.sudo().content_id.subject, self.content_reason_text
