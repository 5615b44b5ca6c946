from odoo.tests import Form, tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadCadenceExitSegment(LeadFollowupCase):
    """A segment that a lead enters may end its cadence, and keep it out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadence = cls.env.ref("lead_followup.lead_cadence_general")
        segments = cls.env["lead.segment"]
        cls.segment = segments.create(
            {"name": "Dealers", "domain": "[('function', '=', 'Dealer')]"}
        )
        cls.segment_other = segments.create(
            {"name": "Buyers", "domain": "[('function', '=', 'Buyer')]"}
        )
        cls.cadence.exit_segment_ids = cls.segment

    def _make_enrolled(self, **vals):
        lead = self._make_lead(**{"user_id": self.user_rep.id, **vals})
        self.assertEqual(self.cadence._enroll(lead).state, "active")
        return lead

    def _become(self, lead, function):
        """Let ``lead`` enter the segment of its ``function``, as when it is looked at again."""
        lead.function = function
        self.env.flush_all()
        self.env["lead.segment"]._refresh_written(lead.ids)

    def test_entering_it_ends_the_cadence_and_says_so(self):
        lead = self._make_enrolled()
        mail = lead.touch_ids.mail_id

        self._become(lead, "Dealer")

        enrollment = lead.enrollment_ids
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("stopped", "exit_segment"))
        self.assertEqual(lead.stop_reason_text, "Entered a segment that ends the cadence")
        self.assertEqual((lead.touch_ids.state, mail.state), ("cancelled", "cancel"))
        self.assertIn("the segment “Dealers” ends it", lead.message_ids[0].body)

    def test_another_segment_ends_nothing(self):
        lead, bystander = self._make_enrolled(), self._make_enrolled(email_from="b@best.example")

        self._become(lead, "Buyer")

        self.assertEqual(lead.segment_ids, self.segment_other)
        self.assertEqual((lead | bystander).enrollment_id.mapped("state"), ["active", "active"])

    def test_another_cadence_goes_on(self):
        lead = self._make_lead(user_id=self.user_rep.id)
        self.cadence.copy({"exit_segment_ids": False})._enroll(lead)

        self._become(lead, "Dealer")

        self.assertEqual(lead.enrollment_id.state, "active")

    def test_what_is_paused_ends_too(self):
        lead = self._make_enrolled()
        lead.enrollment_id.action_pause()

        self._become(lead, "Dealer")

        self.assertEqual(lead.enrollment_ids.stop_reason, "exit_segment")

    def test_the_nightly_look_ends_it_as_well(self):
        lead, other = self._make_enrolled(), self._make_enrolled(email_from="b@best.example")
        lead.country_id = self.env.ref("base.de")
        self.env.flush_all()
        self.assertEqual(lead.enrollment_id.state, "active")

        self.segment.domain = f"[('country_id', '=', {self.env.ref('base.de').id})]"

        self.assertEqual(lead.enrollment_ids.stop_reason, "exit_segment")
        self.assertEqual(other.enrollment_id.state, "active")

    def test_who_is_in_it_stays_out_and_may_enter_once_he_has_left(self):
        dealer, buyer = self._make_lead(name="dealer"), self._make_lead(name="buyer")
        self._become(dealer, "Dealer")
        self._become(buyer, "Buyer")

        can, left_out = self.cadence._split_enrollable(dealer | buyer)
        self.assertEqual((can, left_out), (buyer, {"exit_segment": dealer}))
        texts = self.cadence._get_entry_reason_texts()
        self.assertEqual(texts["exit_segment"], "In a segment that ends the cadence")
        self._become(dealer, False)
        self.assertEqual(self.cadence._split_enrollable(dealer), (dealer, {}))

    def test_one_added_later_ends_it_for_those_inside_who_are_told_before(self):
        buyer, other = self._make_enrolled(), self._make_enrolled(email_from="b@best.example")
        self._become(buyer, "Buyer")
        with (
            self.assertLogs("odoo.tests.form.onchange", "WARNING") as said,
            Form(self.cadence) as form,
        ):
            form.exit_segment_ids.add(self.segment_other)

        self.assertIn("1 of the leads inside", said.output[0])
        self.assertEqual(buyer.enrollment_ids.stop_reason, "exit_segment")
        self.assertEqual(other.enrollment_id.state, "active")

    def test_a_rule_takes_him_again_in_another_cadence(self):
        lead = self._make_enrolled()
        self._become(lead, "Dealer")
        other = self.cadence.copy(
            {"exit_segment_ids": False, "domain": "[('function', '=', 'Dealer')]"}
        )

        self.assertIn(lead, other._find_matching())
        self.assertEqual(other._find_newcomers(lead), lead)
