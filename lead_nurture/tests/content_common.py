from odoo.addons.lead_followup.tests.sending_common import SendingMixin


class ContentMixin(SendingMixin):
    """A track with one step from the library, once a month without end, and pieces for it."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.company.partner_id.lang = "en_US"
        self.track = self.env["lead.cadence"].create(
            {
                "name": "Library",
                "is_track": True,
                "is_endless": True,
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Monthly",
                            "channel": "email",
                            "content_source": "library",
                            "wait_days": 30,
                            "wait_unit": "calendar",
                        },
                    )
                ],
            }
        )
        self.step = self.track.step_ids

    def _make_content(self, subject, **vals):
        return self.env["mailing.mailing"].create(
            {
                "subject": subject,
                "body_html": f"<p>{subject}</p>",
                "mailing_model_id": self.env.ref("crm.model_crm_lead").id,
                "is_lead_content": True,
                **vals,
            }
        )

    def _start(self, **vals):
        """Return a new lead in the track; its first e-mail is queued for 13:00 on 20 March."""
        lead = self._make_lead(**vals)
        self.track._enroll(lead)
        return lead

    def _make_tag(self, model, name, **vals):
        return self.env[model].create({"name": name, **vals})

    def _get_given(self, lead):
        """Return the subjects of what the lead was given, in order."""
        given = lead.touch_ids.filtered(lambda touch: touch.state in ("queued", "done"))
        return given.sorted("id").content_id.mapped("subject")
