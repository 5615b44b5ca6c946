from odoo import fields, models


class LeadCadenceStep(models.Model):
    """Who is told where the text of a step cannot be made."""

    _inherit = "lead.cadence.step"

    text_fault_told_at = fields.Datetime(
        readonly=True, copy=False, help="Since when somebody knows that its text fails."
    )

    def _get_author(self, leads):
        """Return who looks after this step's text, none where nobody does.

        Who changed its template last, if that is somebody who is there; else marketing.

        :param leads: those it failed for.
        """
        self.ensure_one()
        template = self.template_id
        companies = leads.company_id or self.company_id or self.env.company
        people = [
            template.write_uid,
            template.create_uid,
            *(company.lead_marketing_user_id for company in companies),
            self.cadence_id.create_uid,
        ]
        return next(
            (user for user in people if user.active and user._is_internal() and user.id != 1),
            self.env["res.users"],
        )
