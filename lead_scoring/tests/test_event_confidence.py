from odoo.tests import tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestEventConfidence(LeadScoringCase):
    """What a program did in a lead's place counts little, and is no news of the lead."""

    def test_doubtful_clicks_count_half_and_those_of_programs_a_tenth(self):
        lead, doubtful, machine = self._make_leads(3)

        self._log(lead, "click", confidence="human")
        self._log(doubtful, "click", confidence="doubtful")
        self._log(machine, "click", confidence="machine")

        self.assertScore(lead, 5)
        self.assertScore(doubtful, 3)  # 2.5
        self.assertScore(machine, 1)  # 0.5

    def test_clicks_of_programs_do_not_crowd_out_those_of_the_lead(self):
        lead = self._make_lead()

        self._log(lead, "click", days_ago=1)
        self._log(lead, "click", "click", "click", confidence="machine")

        # three count: 5 × 2^(-1/30) = 4.886, and twice 0.5
        self.assertScore(lead, 6)

    def test_an_event_may_carry_points_of_its_own(self):
        lead = self._make_lead()

        self._log(lead, "price_page", points=20)
        self._log(lead, "price_page")

        self.assertScore(lead, 28)

    def test_who_did_it_may_be_judged_anew_and_nothing_else(self):
        lead = self._make_lead()
        self._log(lead, "click", confidence="machine")

        lead.event_ids._judge_anew("human")
        lead._update_scores()

        self.assertScore(lead, 5)
        with self.assertRaisesRegex(Exception, "What happened is not rewritten"):
            lead.event_ids.sudo().write({"confidence": "human", "kind": "reply"})

    def test_what_a_program_did_brings_nobody_back_from_nurture(self):
        asleep, awake = self._make_leads(2)
        self._answer(asleep | awake, budget="gt250k", authority="decision_maker", need="pressing")
        (asleep | awake).write({"lifecycle": "nurture"})
        self._travel(hours=1)

        self._log(asleep, "click", confidence="machine")
        self._log(awake, "click", confidence="human")

        self.assertEqual(asleep.lifecycle, "nurture")
        self.assertEqual(awake.lifecycle, "mql")

    def test_the_history_says_what_each_event_is_worth_today(self):
        lead = self._make_lead()
        self._log(lead, "meeting", days_ago=30)
        self._log(lead, "click", "click", "click", days_ago=30)
        self._log(lead, "click", confidence="doubtful")
        self._log(lead, "lifecycle")

        worth = lead.event_ids.sorted("id").mapped("worth")

        # faded by half; of four clicks three count, the one that is worth least does not
        self.assertEqual(worth, [10, 0, 2.5, 2.5, 2.5, 0])
        self.assertIn("fa-calendar", lead.event_ids.sorted("id")[0].kind_icon)
        self.assertEqual(lead.event_count, 6)
