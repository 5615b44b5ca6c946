from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LeadFollowupCase
from .letter_common import LetterMixin


@tagged("post_install", "-at_install")
class TestLeadLetterSecurity(LetterMixin, LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._make_user("ted", "sales_team.group_sale_salesman")
        cls.user_clerk = cls._make_user("carl", "base.group_user")
        cls.user_portal = cls.env["res.users"].create(
            {
                "name": "Pia",
                "login": "pia_followup",
                "group_ids": [(6, 0, [cls.env.ref("base.group_portal").id])],
            }
        )

    def test_a_rep_makes_prints_and_posts_the_letters_of_his_leads(self):
        lead = self._make_addressed()
        batch = self._make_batch(lead, self.user_rep).with_user(self.user_rep)

        batch.action_print()
        self.env["ir.actions.report"].with_user(self.user_rep)._render_qweb_html(
            "lead_followup.report_lead_letters_a4", batch.ids
        )
        batch.action_mark_posted()
        self._get_letter(lead).with_user(self.user_rep).action_mark_returned()

        self.assertTrue(lead.postal_address_wrong)

    def test_a_rep_makes_no_letters_of_another_s_leads(self):
        lead = self._make_addressed()

        with self.assertRaises(AccessError):
            self._make_batch(lead, self.user_other)

    def test_a_rep_sees_his_own_batches_a_manager_all(self):
        batch = self._make_batch(self._make_addressed(), self.user_rep)

        for user, seen in (
            (self.user_rep, True),
            (self.user_other, False),
            (self.user_marketing, True),
        ):
            found = self.env["lead.letter.batch"].with_user(user).search([("id", "=", batch.id)])
            self.assertEqual(bool(found), seen)
        for method in ("action_print", "action_mark_posted", "unlink"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(batch.with_user(self.user_other), method)()

    def test_a_rep_neither_takes_out_nor_marks_another_s_letters(self):
        lead = self._make_addressed()
        self._make_posted(lead)
        letter = self._get_letter(lead).with_user(self.user_other)

        for method in ("action_take_out", "action_mark_returned"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(letter, method)()

    def test_nobody_writes_a_letter_s_fields_by_hand(self):
        letter = self._get_letter(self._make_addressed())

        for user in (self.user_rep, self.user_marketing):
            with self.subTest(user.name), self.assertRaises(AccessError):
                letter.with_user(user).letter_code = "2222222222"

    def test_who_is_no_salesperson_sees_no_letters(self):
        batch = self._make_batch(self._make_addressed())

        for user in (self.user_clerk, self.user_portal, self.env.ref("base.public_user")):
            with self.subTest(user.name), self.assertRaises(AccessError):
                batch.with_user(user).read(["state"])
            with self.subTest(user.name), self.assertRaises(AccessError):
                batch.touch_ids.with_user(user).read(["letter_code"])

    def test_another_company_s_batches_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        batch = self.env["lead.letter.batch"].create({"company_id": company.id, "window": "left"})

        found = self.env["lead.letter.batch"].with_user(self.user_marketing).search([])

        self.assertNotIn(batch, found)
