from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .health_common import LeadHealthCase


@tagged("post_install", "-at_install")
class TestLeadHealthChecks(LeadHealthCase):
    """What each shipped check finds, and what it just leaves out."""

    def _days_ago(self, days):
        return fields.Datetime.now() - timedelta(days=days)

    def _make_mql(self, **vals):
        return self._make_lead(lifecycle="mql", **vals)

    def _offer(self, lead, **vals):
        self.env["lead.handover"].create({"lead_id": lead.id, "user_id": self.user_rep.id, **vals})
        return lead

    def _lose(self, lead, reason=None):
        lead.action_set_lost(lost_reason_id=(reason or self.env.ref("crm.lost_reason_1")).id)
        return lead

    def test_not_contacted_in_time(self):
        past = "2026-03-20 11:59:00"
        late = self._make_lead(first_touch_deadline=past)
        self._make_lead(first_touch_deadline="2026-03-20 12:01:00")
        self._make_lead(first_touch_deadline=past, first_touch_at="2026-03-20 11:58:00")
        self._make_lead(first_touch_deadline=past, not_a_buyer="student")
        self._lose(self._make_lead(first_touch_deadline=past))

        self.assertLeaks("late", late)

    def test_offers_nobody_answers(self):
        reminded = {"offered_at": "2026-03-19 10:00:00", "reminded_at": "2026-03-20 10:00:00"}
        unanswered = self._offer(self._make_mql(), **reminded)
        self._offer(self._make_mql(), offered_at="2026-03-20 10:00:00")
        self._offer(self._make_mql(), **reminded, state="accepted")
        self._offer(self._make_mql(), **reminded, state="expired")

        self.assertLeaks("unanswered", unanswered)

    def test_qualified_but_nobodys(self):
        mql = self._make_mql()
        accepted = self._make_lead(lifecycle="sql", type="opportunity")
        self._make_mql(user_id=self.user_rep.id)
        self._make_lead(lifecycle="inquiry")
        self._make_lead(lifecycle="nurture")
        self._lose(self._make_mql())

        self.assertLeaks("nobody", mql, accepted)

    def test_lost_with_too_few_touches(self):
        """Six from elsewhere; after a show three over two channels."""
        five, six, bounced = self._make_lead(), self._make_lead(), self._make_lead()
        show = {"trade_show_id": self.show.id}
        one_channel, two_channels = self._make_lead(**show), self._make_lead(**show)
        answered, refused = self._make_lead(), self._make_lead()
        for lead, count in ((five, 5), (six, 6), (bounced, 5), (one_channel, 3), (two_channels, 2)):
            for _number in range(count):
                self._make_touch(lead)
        self._make_touch(bounced, outcome="bounced")
        self._make_touch(two_channels, channel="call")
        self.env["lead.event"].create({"lead_id": answered.id, "kind": "reply"})
        lost = five + six + bounced + one_channel + two_channels + answered + refused
        for lead in lost:
            self._lose(lead)
        refused.do_not_contact = True
        self._make_lead()

        self.assertLeaks("gave_up", five, bounced, one_channel)

    def test_lost_long_ago_or_without_a_clock_is_no_leak(self):
        fresh, old, before_us = (self._lose(self._make_lead()) for _number in range(3))
        fresh.date_closed = self._days_ago(89)
        old.date_closed = self._days_ago(91)
        before_us.first_touch_deadline = False

        self.assertLeaks("gave_up", fresh)

    def test_touches_missing_are_the_same_read_and_searched(self):
        """Touches before it was taken up again do not count: 5 of 6 are left, and 6 of 6."""
        few, enough = self._make_lead(), self._make_lead()
        for lead, days in ((few, 5), (enough, 6)):
            lead.engagement_since = self._days_ago(10)
            for day in range(days):
                self._make_touch(lead, done_at=self._days_ago(day))
            self._make_touch(lead, done_at=self._days_ago(11))

        found = self.env["crm.lead"].search([("has_too_few_touches", "=", True)])
        others = self.env["crm.lead"].search([("has_too_few_touches", "=", False)])

        self.assertEqual((found, others), (few, enough))
        self.assertEqual((few + enough).mapped("has_too_few_touches"), [True, False])

    def test_cadences_with_a_blocked_step(self):
        cadence = self.env.ref("lead_followup.lead_cadence_general")
        leads = self.env["crm.lead"]
        for state, touch_state in (
            ("active", "blocked"),
            ("paused", "failed"),
            ("active", "doubtful"),
            ("active", "skipped"),
            ("stopped", "blocked"),
            ("done", "failed"),
        ):
            lead = self._make_lead()
            enrollment = self.env["lead.cadence.enrollment"].create(
                {"lead_id": lead.id, "cadence_id": cadence.id, "state": state}
            )
            self._make_touch(lead, enrollment_id=enrollment.id, state=touch_state, done_at=False)
            leads |= lead

        self.assertLeaks("blocked", *leads[:3])

    def test_mail_that_comes_back(self):
        wrong, mended, won = self._make_lead(), self._make_lead(), self._make_lead()
        self._make_lead(email_from=False)
        (wrong + mended + won)._mark_email_wrong("ann@ample.example")
        mended.email_from = "ann.ample@ample.example"
        won.action_set_won()

        self.assertLeaks("bounce", wrong)
        self.assertEqual((wrong + mended).mapped("email_wrong"), [True, False])

    def test_overdue_activities(self):
        overdue, today, done = self._make_lead(), self._make_lead(), self._make_lead()
        for lead, day in ((overdue, "2026-03-18"), (today, "2026-03-20"), (done, "2026-03-18")):
            lead.activity_schedule(
                "mail.mail_activity_data_todo", fields.Date.to_date(day), user_id=self.user_rep.id
            )
        done.activity_ids.action_feedback(feedback="Done")
        self._make_lead()

        self.assertLeaks("overdue", overdue)

    def test_returned_without_a_reason(self):
        answered = {"state": "returned", "answered_at": self._days_ago(89)}
        reason = self.env["lead.return.reason"].search([], limit=1)
        silent = self._offer(self._make_lead(), **answered)
        self._offer(self._make_lead(), **answered, reason_id=reason.id)
        self._offer(self._make_lead(), **{**answered, "answered_at": self._days_ago(91)})
        self._offer(self._make_lead(), **{**answered, "state": "expired"})

        self.assertLeaks("no_reason", silent)

    def test_lost_without_a_recycling_rule(self):
        """Two lost while no rule spoke of them; one of them was lost anew under a rule."""
        rule = self.env.ref("lead_nurture.lead_recycle_rule_lost")
        other = self.env.ref("crm.lost_reason_2")
        rule.lost_reason_ids = other
        forgotten, restored, again = (self._lose(self._make_lead()) for _number in range(3))
        self._lose(self._make_lead(), other)
        restored.action_unarchive()
        again.action_unarchive()
        self._lose(again, other)

        self.assertLeaks("no_rule", forgotten)
        self.assertEqual(forgotten.mapped("lost_without_rule"), [True])
        self.assertFalse(any((restored + again).mapped("lost_without_rule")))

    def test_leads_that_are_not_lost_under_a_rule_are_found_by_no(self):
        forgotten = self._make_lead()
        self.env["lead.recycle.rule"].search([]).active = False
        self._lose(forgotten)
        open_lead = self._make_lead()

        found = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("lost_without_rule", "=", False)])
        )

        self.assertEqual(found, open_lead)

    def test_no_source(self):
        source = self.env["utm.source"].create({"name": "Our site"})
        partner = self.env["res.partner"].create({"name": "Glad Customer"})
        referral = self.env["lead.referral"].create(
            {"partner_id": partner.id, "company_id": self.env.company.id}
        )
        unknown = self._make_lead()
        self._make_lead(source_id=source.id)
        self._make_lead(trade_show_id=self.show.id)
        self._make_lead(referral_id=referral.id)
        self._lose(self._make_lead())

        self.assertLeaks("no_source", unknown)


@tagged("post_install", "-at_install")
class TestLeadHealthRules(LeadHealthCase):
    """Rules that match nothing; a rule that finds one lost lead is no leak."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in (
            "lead.score.rule",
            "lead.assignment.rule",
            "lead.recycle.rule",
        ):
            cls.env[model].search([]).active = False
        cls.env["lead.cadence"].search([]).is_self_enrolling = False
        cls.finds_lost = "[('contact_name', '=', 'Lost One')]"
        cls.finds_none = "[('contact_name', '=', 'Nobody')]"

    def setUp(self):
        super().setUp()
        self.lost = self._make_lead(contact_name="Lost One")
        self.lost.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)

    def test_score_rules(self):
        """A rule on events that have not come yet waits for them: it is no leak."""
        rules = self.env["lead.score.rule"].create(
            [
                {"name": "Idle", "domain": self.finds_none},
                {"name": "Finds", "domain": self.finds_lost},
                {"name": "No such event", "event_kind": "meeting"},
                {"name": "Event", "event_kind": "reply"},
                {"name": "Archived", "domain": self.finds_none, "active": False},
                {"name": "Broken", "domain": "[('gone', '=', 1)]", "active": False},
            ]
        )
        rules[5].error = "Invalid field"
        self.env["lead.event"].create({"lead_id": self.lost.id, "kind": "reply"})

        self.assertLeaks("score_rules", rules[0], rules[5])
        self.assertEqual(rules.mapped("matches_nothing"), [True, False, True, False, True, True])

    def test_assignment_rules(self):
        vals = {"method": "round_robin", "member_ids": [(6, 0, self.user_rep.ids)]}
        rules = self.env["lead.assignment.rule"].create(
            [
                {"name": "Idle", "domain": self.finds_none, **vals},
                {"name": "Finds", "domain": self.finds_lost, **vals},
                {"name": "Hot", "temperature": "hot", **vals},
            ]
        )

        self.assertLeaks("assignment_rules", rules[0], rules[2])

    def test_recycling_rules(self):
        track = self.env.ref("lead_nurture.lead_cadence_win_back")
        vals = {"track_id": track.id}
        reasons = [self.env.ref(f"crm.lost_reason_{number}").id for number in (1, 2)]
        rules = self.env["lead.recycle.rule"].create(
            [
                {"name": "Idle", "domain": self.finds_none, **vals},
                {"name": "Used reason", "lost_reason_ids": [(6, 0, reasons[:1])], **vals},
                {"name": "Unused reason", "lost_reason_ids": [(6, 0, reasons[1:])], **vals},
            ]
        )

        self.assertLeaks("recycle_rules", rules[0], rules[2])

    def test_cadences_that_enroll_by_themselves(self):
        cadences = self.env["lead.cadence"].create(
            [
                {"name": "Idle", "domain": self.finds_none, "is_self_enrolling": True},
                {"name": "Finds", "domain": self.finds_lost, "is_self_enrolling": True},
                {"name": "By hand", "domain": self.finds_none},
            ]
        )

        self.assertLeaks("cadence_rules", cadences[0])

    def test_without_any_lead_no_rule_is_a_leak(self):
        self.env["lead.score.rule"].create({"name": "Idle", "domain": self.finds_none})
        self.lost.unlink()

        self.assertLeaks("score_rules")

    def test_one_query_for_any_number_of_rules(self):
        rules = self.env["lead.score.rule"]
        rules.create([{"name": str(number), "domain": self.finds_none} for number in range(2)])
        check = self._get_check("score_rules")
        check.action_open()
        self.env.flush_all()

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._count(check)
            return self.env.cr.sql_log_count - before

        count()
        two = count()
        rules.create([{"name": str(number), "domain": self.finds_none} for number in range(18)])
        self.env.flush_all()
        count()

        self.assertEqual(count(), two)
