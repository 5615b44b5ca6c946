from pathlib import Path

from odoo.tests import tagged

import odoo.addons.lead_followup.tests as followup_tests
from odoo.addons.lead_followup.tests.test_crm_lead_reply import MESSAGE

from .test_track_bad_input import TrackCase

_REPORT = Path(followup_tests.__file__).parent / "data" / "bounces" / "postfix_unknown_user.eml"
_AWAY = ("Automatic reply: Pumps", "Out of Office: Pumps", "Abwesenheitsnotiz: Pumps")


@tagged("post_install", "-at_install")
class TestTrackStorms(TrackCase):
    """Many messages at once that nobody has written, through Odoo's real gateway."""

    def setUp(self):
        super().setUp()
        domain = {"name": "seller.example.com", "bounce_alias": "bounce"}
        self.company.alias_domain_id = self.env["mail.alias.domain"].create(domain)
        self.leads = self.env["crm.lead"]
        for number in range(8):
            self.leads |= self._start(email_from=f"p{number}@house{number}.example")
        self.touches = self.leads.touch_ids
        self._run_hourly("2026-03-20 12:30:00", 12)
        self.assertEqual(set(self.touches.mapped("state")), {"done"})

    def _receive_report(self, touch, status):
        text = _REPORT.read_text().replace("ann@ample.example", touch.lead_id.email_normalized)
        text = text.replace("{message_id}", touch.mail_id.message_id).replace("5.1.1", status)
        text = text.replace("Message-Id: <2026", f"Message-Id: <{touch.id}.{status}.2026", 1)
        self.env["mail.thread"].message_process("crm.lead", text)

    def test_all_that_come_back_for_good_are_marked_once_each_and_nobody_else(self):
        gone, others = self.touches[:5], self.touches[5:]

        for _time in range(3):
            for touch in gone:
                self._receive_report(touch, "5.1.1")
        self._run_crons("2026-03-20 23:00:00")

        self.assertEqual(self.leads.filtered("email_wrong"), gone.lead_id)
        self.assertEqual(set(gone.mapped("outcome")), {"bounced"})
        notes = gone.lead_id.message_ids.filtered(lambda m: "came back for good" in (m.body or ""))
        self.assertEqual(len(notes), 5)
        # nothing else reaches them by this track; the others go on
        self.assertEqual(set(gone.lead_id.enrollment_ids.mapped("state")), {"done"})
        self.assertEqual(set(others.lead_id.enrollment_ids.mapped("state")), {"active"})
        self.assertFalse(self.env["mail.blacklist"].search([("email", "like", "house")]))

    def test_a_day_on_which_a_server_refuses_us_costs_no_address_and_no_track(self):
        for touch in self.touches:
            self._receive_report(touch, "5.7.1")
        self._run_crons("2026-03-20 23:00:00")

        self.assertFalse(self.leads.filtered("email_wrong"))
        self.assertEqual(set(self.leads.enrollment_ids.mapped("state")), {"active"})

    def test_any_number_of_absence_notices_stop_nothing_and_bring_nobody_to_sales(self):
        for number, subject in enumerate(_AWAY):
            for touch in self.touches:
                lead = touch.lead_id
                message = MESSAGE.format(
                    sender=f"Somebody <{lead.email_normalized}>",
                    headers=f"In-Reply-To: {touch.mail_id.message_id}\n",
                    message_id=f"away{number}-{touch.id}",
                    subject=subject,
                    body="I am back on Monday.",
                )
                self.env["mail.thread"].message_process("crm.lead", message)

        self.assertEqual(set(self.leads.enrollment_id.mapped("state")), {"active"})
        self.assertEqual(set(self.leads.mapped("lifecycle")), {"nurture"})
        self.assertNotIn("reply", self.leads.event_ids.mapped("kind"))
        self.assertFalse(self.leads.activity_ids)
        made = self.env["crm.lead"].search([("email_normalized", "like", "@house")])
        self.assertEqual(made, self.leads)
