"""A cadence of a letter and an e-mail, and leads with postal addresses."""

from odoo import Command


class LetterMixin:
    """Beside a test case with ``_make_lead`` and ``user_rep``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.country_id = cls.env.ref("base.us")
        cls.company.lead_letter_window = "left"
        cls.company.resource_calendar_id.tz = "America/New_York"
        cls.company.partner_id.write(
            {"name": "Seller Inc.", "street": "9 Sender Rd", "city": "Albany", "zip": "12201"}
        )
        cls.state_nevada = cls.env["res.country.state"].search(
            [("country_id", "=", cls.company.country_id.id), ("code", "=", "NV")]
        )
        cls.template = cls.env["mail.template"].create(
            {
                "name": "A letter",
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "subject": "To {{ object.contact_name }}",
                "lang": "{{ object.lang_code or '' }}",
                "body_html": (
                    "<p>Hello <t t-out='object.contact_name'/>, from <t t-out='user.name'/></p>"
                ),
            }
        )
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "By post",
                "step_ids": [
                    Command.create(
                        {"name": "Letter", "channel": "letter", "template_id": cls.template.id}
                    ),
                    Command.create(
                        {
                            "name": "Mail",
                            "sequence": 20,
                            "channel": "email",
                            "wait_days": 3,
                            "template_id": cls.env.ref(
                                "lead_followup.mail_template_general_next"
                            ).id,
                        }
                    ),
                ],
            }
        )

    def _make_addressed(self, enroll=True, **vals):
        """Return a lead whose letter waits to be printed."""
        lead = self._make_lead(
            **{
                "partner_name": "Ample Pumps",
                "street": "1 Sample St",
                "city": "Reno",
                "zip": "89501",
                "state_id": self.state_nevada.id,
                "user_id": self.user_rep.id,
                **vals,
            }
        )
        if enroll:
            self.cadence._enroll(lead)
        return lead

    def _get_letter(self, lead):
        return lead.touch_ids.filtered(lambda touch: touch.channel == "letter")

    def _make_batch(self, leads, user=None):
        """Make the letters of ``leads`` as a person would; return the batch."""
        touches = self._get_letter(leads).with_user(user or self.user_marketing)
        action = touches.action_make_letters()
        return self.env["lead.letter.batch"].browse(action["res_id"])

    def _make_printed(self, leads):
        batch = self._make_batch(leads)
        batch.with_user(self.user_marketing).action_print()
        return batch

    def _make_posted(self, leads):
        batch = self._make_printed(leads)
        batch.with_user(self.user_marketing).action_mark_posted()
        return batch
