from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestScoreMark(LeadScoringCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_leads = new_test_user(
            cls.env, "sc_all", groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.stranger = new_test_user(cls.env, "sc_stranger", groups="base.group_user")

    def _mark(self, lead, user, direction="too_high", word=""):
        return lead.with_user(user).action_mark_score_wrong(direction, word)

    def _get_marks(self, lead):
        lead.invalidate_recordset(["event_ids"])
        return lead.event_ids.filtered(lambda event: event.kind.startswith("score_"))

    def test_mark_keeps_who_said_what_of_which_score(self):
        lead = self._make_lead(user_id=self.user_ann.id)
        self._answer(lead, budget="gt250k")
        self._log(lead, "reply")
        self.assertScore(lead, 30)  # 15 for the budget, 15 for the reply

        action = self._mark(lead, self.user_ann, "too_high", "  a dreamer ")

        mark = self._get_marks(lead)
        self.assertEqual(
            (mark.kind, mark.user_id, mark.note, mark.score),
            ("score_too_high", self.user_ann, "a dreamer", 30),
        )
        self.assertEqual(sorted(line["points"] for line in mark.snapshot), [15, 15])
        self.assertIn("Noted", action["params"]["message"])

    def test_the_word_may_be_left_out_and_the_other_way_is_too_low(self):
        lead = self._make_lead(user_id=self.user_ann.id)

        self._mark(lead, self.user_ann, "too_low")

        mark = self._get_marks(lead)
        self.assertEqual((mark.kind, mark.note, mark.score), ("score_too_low", False, 0))

    def test_marked_again_both_marks_stay(self):
        lead = self._make_lead(user_id=self.user_ann.id)

        self._mark(lead, self.user_ann, "too_high")
        self._mark(lead, self.user_ann, "too_low")

        self.assertEqual(
            sorted(self._get_marks(lead).mapped("kind")), ["score_too_high", "score_too_low"]
        )

    def test_a_mark_of_no_direction_is_refused(self):
        lead = self._make_lead(user_id=self.user_ann.id)

        for direction in ("", "high", False, "score_too_high"):
            with self.subTest(direction=direction), self.assertRaises(UserError):
                self._mark(lead, self.user_ann, direction)

        self.assertFalse(self._get_marks(lead))

    def test_who_sees_the_lead_marks_it_and_nobody_else(self):
        lead = self._make_lead(user_id=self.user_ann.id)

        for user in (self.user_ann, self.all_leads, self.manager):
            with self.subTest(user=user.login):
                self._mark(lead, user)
        for user in (self.user_ben, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._mark(lead, user)

        self.assertEqual(
            self._get_marks(lead).user_id, self.user_ann | self.all_leads | self.manager
        )

    def test_a_mark_is_no_reason_to_score_and_no_news(self):
        lead = self._make_lead(user_id=self.user_ann.id)
        other = self._make_lead(user_id=self.user_ann.id)
        self._answer(lead, budget="gt250k", authority="decision_maker", timeframe="0_3m")
        lead.write({"lifecycle": "nurture"})  # 45 points: only news would bring it back

        self._travel(days=1)
        self._mark(lead, self.user_ann)
        self.env["lead.event"]._log([{"lead_id": other.id, "kind": "reply"}])

        self.assertFalse(lead.score_id.is_stale)
        self.assertTrue(other.score_id.is_stale)
        lead._update_scores()
        self.assertEqual(lead.lifecycle, "nurture")
        self._log(lead, "reply")
        self.assertEqual(lead.lifecycle, "mql")

    def test_no_rule_gives_points_for_marks(self):
        kinds = dict(self.env["lead.score.rule"]._get_event_kinds())

        self.assertIn("reply", kinds)
        self.assertFalse({"score_too_high", "score_too_low", "lifecycle"} & set(kinds))
