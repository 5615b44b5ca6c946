from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .after_sale_common import AfterSaleCase


@tagged("post_install", "-at_install")
class TestAfterSaleConfirm(AfterSaleCase):
    """Customers of old enter only once a person has seen how many."""

    def _ask(self, leads, user=None, **vals):
        leads = leads.with_user(user or self.user_marketing)
        action = leads.action_ask_after_sale()
        wizard = leads.env[action["res_model"]].browse(action["res_id"])
        with Form(wizard) as form:
            for name, value in vals.items():
                setattr(form, name, value)
        return wizard

    def setUp(self):
        super().setUp()
        self.won = self._make_won_before("2026-03-10", interest_ids=[Command.set(self.valves.ids)])
        self.won_long_ago = self._make_won_before(
            "2024-05-02",
            partner_id=False,
            email_from="bea@ample.example",
            interest_ids=[Command.set(self.valves.ids)],
        )
        self.refused = self._make_won_before(
            "2025-05-02", partner_id=False, email_from="no@ample.example", do_not_contact=True
        )
        self.open = self._make_deal(partner_id=False, email_from="open@ample.example")
        self.all = self.won | self.won_long_ago | self.refused | self.open

    def test_asking_states_the_numbers_and_does_nothing(self):
        wizard = self._ask(self.all)

        self.assertEqual(wizard.summary, "Leads that enter the track: 2 of 4.")
        self.assertIn("Not won – 1", wizard.left_out_text)
        self.assertIn("Must not be contacted – 1", wizard.left_out_text)
        self.assertFalse(self.all.enrollment_ids)

    def test_confirmed_they_enter_and_what_is_long_ago_is_not_thanked_for(self):
        self._ask(self.all).action_confirm()

        self.assertEqual(self.all.enrollment_ids.lead_id, self.won | self.won_long_ago)
        self.assertEqual(
            self.won.touch_ids.mapped(lambda touch: (touch.step_id.name, touch.state))[0][0],
            "Thank you",
        )
        old = {touch.step_id.name: touch for touch in self.won_long_ago.touch_ids}
        self.assertEqual(old["Thank you"].state, "skipped")
        self.assertEqual(old["Thank you"].reason_text, "Only for right after the sale")
        self.assertIn(old["How is it going?"].state, ("planned", "queued"))

    def test_the_next_purchase_counts_from_the_sale(self):
        wizard = self._ask(self.all, is_track=False, is_repeat=True)
        self.assertEqual((wizard.repeat_count, wizard.overdue_count), (2, 1))

        wizard.action_confirm()
        self._run_repeats("2026-03-20 13:00:00")

        self.assertFalse(self.all.enrollment_ids)
        self.assertEqual(self.won.repeat_date, fields.Date.to_date("2027-03-10"))
        self.assertEqual(self.won_long_ago.repeat_date, fields.Date.to_date("2025-05-02"))
        self.assertEqual(self.all.repeat_ids.repeat_of_id, self.won_long_ago)

    def test_where_it_has_become_more_meanwhile_it_is_asked_again(self):
        wizard = self._ask(self.all)
        self.refused.do_not_contact = False

        action = wizard.action_confirm()

        self.assertEqual(action["res_id"], wizard.id)
        self.assertTrue(wizard.has_changed)
        self.assertFalse(self.all.enrollment_ids)
        wizard.action_confirm()
        self.assertEqual(len(self.all.enrollment_ids), 3)

    def test_none_at_all_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "None of these leads can be taken up"):
            self._ask(self.open).action_confirm()

    def test_repeat_sales_that_are_switched_off_say_so(self):
        self.company.lead_repeat_sales = False

        wizard = self._ask(self.won, is_track=False, is_repeat=True)

        self.assertIn("switched off", wizard.left_out_text)

    def test_twice_adds_nothing(self):
        self._ask(self.won, is_repeat=True).action_confirm()

        wizard = self._ask(self.won, is_repeat=True)

        self.assertEqual((wizard.track_count, wizard.repeat_count), (0, 0))

    def test_of_one_customer_only_the_newest_sale_enters(self):
        older = self._make_won_before("2025-01-10")

        self._ask(older | self.won).action_confirm()

        self.assertEqual((older | self.won).enrollment_ids.lead_id, self.won)

    def test_a_salesperson_may_not(self):
        with self.assertRaises(AccessError):
            self._ask(self.won, user=self.user_rep)
