from freezegun import freeze_time

from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestCrmLeadClock(LeadFollowupCase):
    def assertClock(self, lead, state):
        """``lead`` is in ``state``, and the filters of the list agree."""
        lead.invalidate_recordset()
        self.assertEqual(lead.clock_state, state)
        for name in ("in_time", "at_risk", "late", "done", "done_late"):
            found = self.env["crm.lead"].search(
                [("clock_state", "=", name), ("id", "in", lead.ids)]
            )
            self.assertEqual(bool(found), name == state, name)

    def test_a_lead_from_elsewhere_has_24_hours(self):
        lead = self._make_lead()

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertClock(lead, "at_risk")  # nothing is planned

    def test_planned_before_the_deadline_is_in_time(self):
        self.env.company.lead_marketing_user_id = self.user_marketing
        lead = self._make_lead()
        lead.first_touch_deadline = "2026-03-20 13:00:01"

        with freeze_time("2026-03-20 12:00:00"):
            self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

        self.assertClock(lead, "in_time")
        lead.first_touch_deadline = "2026-03-20 12:59:59"
        self.assertClock(lead, "at_risk")

    def test_past_the_deadline_is_late(self):
        lead = self._make_lead()

        with freeze_time("2026-03-21 12:00:01"):
            self.assertClock(lead, "late")

    def test_touched_in_time_or_late(self):
        lead = self._make_lead()
        lead.first_touch_at = "2026-03-21 12:00:00"
        self.assertClock(lead, "done")

        lead.first_touch_at = "2026-03-21 12:00:01"
        self.assertClock(lead, "done_late")

    def test_a_show_sets_its_own_deadline(self):
        lead = self._make_lead()

        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "first_touch_deadline": self.show._first_contact_deadline(False),
            }
        )

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")


@tagged("post_install", "-at_install")
class TestClockByDoor(LeadFollowupCase):
    """Whose clock starts, whoever makes the lead; web forms, e-mails and Odoo's own import have
    their tests with them."""

    def _make_by_hand(self, user=None, **vals):
        leads = (
            self.env["crm.lead"]
            .with_user(user or self.user_rep)
            .with_context(tracking_disable=False)
        )
        return leads.create({"name": "By hand", "type": "lead", **vals})

    def test_by_hand_a_lead_and_an_opportunity_have_24_hours(self):
        lead = self._make_by_hand(email_from="ann@ample.example")
        opportunity = self._make_by_hand(type="opportunity")

        for made in (lead, opportunity):
            self.assertEqual(str(made.first_touch_deadline), "2026-03-21 12:00:00")

    def test_by_hand_at_a_show_it_has_the_show_s_hours(self):
        lead = self._make_by_hand(trade_show_id=self.show.id, booth_rating="hot")

        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")
        self.assertEqual(lead.visit_ids.trade_show_id, self.show)
        self.assertEqual(lead.visit_ids.captured_at, self.show.closes_at)
        self.assertEqual(set(lead.event_ids.mapped("kind")), {"scan", "rating_hot"})

    def test_another_show_is_another_visit_and_none_takes_nothing_away(self):
        lead = self._make_by_hand(trade_show_id=self.show.id)
        autumn = self._make_show(name="Autumn", date_begin="2026-03-18", date_end="2026-03-20")

        lead.trade_show_id = autumn
        self.assertEqual(lead.visit_ids.trade_show_id, self.show | autumn)
        lead.trade_show_id = False

        self.assertEqual(len(lead.visit_ids), 2)
        self.assertEqual(lead.trade_show_id, autumn)

    def test_who_is_won_lost_or_no_buyer_from_the_start_has_no_clock(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for vals in (
            {"type": "opportunity", "stage_id": won.id},
            {"active": False, "probability": 0},
            {"not_a_buyer": "press"},
            {"lifecycle": "disqualified"},
        ):
            with self.subTest(vals):
                lead = self._make_by_hand(user=self.user_marketing, **vals)

                self.assertFalse(lead.first_touch_deadline)
                self.assertFalse(lead.clock_state)

    def test_an_opportunity_with_a_customer_has_no_clock_his_lead_has(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        self._make_lead(partner_id=contact.id).action_set_won()
        stranger = self.env["res.partner"].create({"name": "Bob"})

        deal = self._make_by_hand(type="opportunity", partner_id=contact.id)
        with_stranger = self._make_by_hand(type="opportunity", partner_id=stranger.id)
        lead = self._make_by_hand(partner_id=contact.id)

        self.assertFalse(deal.first_touch_deadline)
        self.assertTrue(with_stranger.first_touch_deadline)
        self.assertTrue(lead.first_touch_deadline)  # he turned to us: he is waiting

    def test_a_lead_from_before_the_install_has_none_and_gets_none(self):
        lead = self._make_lead()
        lead.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead SET first_touch_deadline = NULL, create_date = '2020-01-01'"
            " WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()

        lead.write({"phone": "+1 202 555 0155", "user_id": self.user_rep.id})
        lead._update_scores()

        self.assertFalse(lead.first_touch_deadline)
        self.assertFalse(lead.clock_state)

    def test_many_leads_cost_no_query_more(self):
        self._make_by_hand()
        leads = self.env["crm.lead"]
        leads._filter_starting_clocks([{}])

        with self.assertQueryCount(0):
            starts = leads._filter_starting_clocks([{"name": "x", "type": "opportunity"}] * 500)

        self.assertEqual(starts, [True] * 500)
