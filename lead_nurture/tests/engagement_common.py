from datetime import timedelta

from odoo import fields

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class EngagementMixin:
    """A mailing with three links, and traces of what it sent to leads."""

    @classmethod
    def _set_up_mailing(cls):
        cls.company = cls.env.company
        cls.company.lead_offer_start_at = False
        cls.mailing = cls.env["mailing.mailing"].create(
            {"subject": "Pumps in May", "mailing_model_id": cls.env.ref("crm.model_crm_lead").id}
        )
        cls.link_prices, cls.link_news, cls.link_jobs = cls.env["link.tracker"].create(
            [
                {
                    "url": f"https://pumps.example/{name}",
                    "title": name.title(),
                    "mass_mailing_id": cls.mailing.id,
                }
                for name in ("prices", "news", "jobs")
            ]
        )

    def _trace(self, record, minutes_ago=60, **vals):
        """Return the trace of an e-mail the mail server took so long ago."""
        sent_at = fields.Datetime.now() - timedelta(minutes=minutes_ago)
        return self.env["mailing.trace"].create(
            {
                "mass_mailing_id": self.mailing.id,
                "model": record._name,
                "res_id": record.id,
                "email": record.email_normalized,
                "trace_status": "sent",
                "sent_datetime": sent_at,
                **vals,
            }
        )

    def _click(self, trace, *links):
        for link in links:
            self.env["link.tracker.click"].add_click(link.code, mailing_trace_id=trace.id)

    def _judge(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_judge_hits").method_direct_trigger()

    def _kinds(self, lead):
        lead.invalidate_recordset(["event_ids"])
        return lead.event_ids.sorted("id").mapped(lambda event: (event.kind, event.confidence))


class EngagementCase(EngagementMixin, LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_mailing()
