from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadMergeContact(LeadFollowupCase):
    """A merged lead was contacted when the first of its leads was. Now is 2026-03-20 12:00."""

    def _merge(self, head, tail):
        merged = (head | tail)._merge_opportunity()
        self.assertEqual(merged, head)
        return merged

    def _contact(self, record, at, human_at=False):
        record.write({"first_touch_at": at, "first_human_touch_at": human_at})

    def test_the_first_contact_of_any_is_that_of_all(self):
        head = self._make_lead(type="opportunity")
        tail = self._make_lead()
        self._contact(tail, "2026-03-20 10:00:00", "2026-03-20 11:00:00")

        merged = self._merge(head, tail)

        self.assertEqual(str(merged.first_touch_at), "2026-03-20 10:00:00")
        self.assertEqual(str(merged.first_human_touch_at), "2026-03-20 11:00:00")
        self.assertEqual(merged.clock_state, "done")

    def test_a_later_contact_changes_nothing(self):
        head = self._make_lead(type="opportunity")
        tail = self._make_lead()
        self._contact(head, "2026-03-20 09:00:00")
        self._contact(tail, "2026-03-20 10:00:00", "2026-03-20 10:00:00")

        merged = self._merge(head, tail)

        self.assertEqual(str(merged.first_touch_at), "2026-03-20 09:00:00")
        self.assertEqual(str(merged.first_human_touch_at), "2026-03-20 10:00:00")

    def test_without_any_contact_the_clock_runs_on(self):
        head = self._make_lead(type="opportunity")

        merged = self._merge(head, self._make_lead())

        self.assertFalse(merged.first_touch_at)
        self.assertEqual(merged.clock_state, "at_risk")

    def test_a_lead_taken_up_again_is_owed_a_contact_of_its_own(self):
        head = self._make_lead(type="opportunity", engagement_since="2026-03-20 11:00:00")
        tail = self._make_lead()
        self._contact(tail, "2026-03-20 10:00:00")

        self.assertFalse(self._merge(head, tail).first_touch_at)

    def test_visits_of_one_show_keep_the_first_contact_too(self):
        head = self._make_lead(type="opportunity")
        tail = self._make_lead()
        visits = self.env["lead.show.visit"].create(
            [
                {
                    "lead_id": lead.id,
                    "trade_show_id": self.show.id,
                    "captured_at": "2026-03-18 20:00:00",
                }
                for lead in (head, tail)
            ]
        )
        self._contact(visits[1], "2026-03-19 10:00:00")

        merged = self._merge(head, tail)

        self.assertEqual(merged.visit_ids, visits[0])
        self.assertEqual(str(merged.visit_ids.first_touch_at), "2026-03-19 10:00:00")
