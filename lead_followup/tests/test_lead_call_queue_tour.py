from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

OUTCOMES = ("interested", "later", "not_interested", "no_answer", "wrong_number")


@tagged("post_install", "-at_install")
class TestLeadCallQueueTour(HttpCase):
    """The five outcomes by keyboard alone, in Chromium.

    The calls are agreed ones of some minutes ago, so that they are due at any hour of any day.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ("base.group_user", "sales_team.group_sale_salesman")
        cls.user_rep = cls.env["res.users"].create(
            {
                "name": "Rosa",
                "login": "rosa_queue",
                "password": "rosa_queue",
                "email": "rosa@seller.example.com",
                "tz": "UTC",
                "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups])],
            }
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Pumps {number}",
                    "contact_name": f"Lead {number}",
                    "email_from": f"lead{number}@ample.example",
                    "phone": "+12025550155",
                    "user_id": cls.user_rep.id,
                }
                for number in range(1, 7)
            ]
        )
        cls._make_calls()

    @classmethod
    def _make_calls(cls):
        kinds = ("scan", "reply", "meeting", "web_form", "referral", "click")
        for rank, lead in enumerate(cls.leads):
            # the first has most, so that the order of the cards is known
            cls.env["lead.event"].create(
                [{"lead_id": lead.id, "kind": kind} for kind in kinds[: len(kinds) - rank]]
            )
        touches = cls.env["lead.touch"].create(
            [
                {
                    "lead_id": lead.id,
                    "channel": "call",
                    "user_id": cls.user_rep.id,
                    "slot_rule": "agreed",
                    "planned_at": fields.Datetime.now() - timedelta(minutes=5),
                }
                for lead in cls.leads
            ]
        )
        touches._queue_activities()

    def test_call_with_each_outcome_by_keyboard(self):
        self.start_tour("/odoo/call-queue", "lead_call_queue_keyboard", login="rosa_queue")

        made = self.leads.touch_ids.filtered(lambda touch: touch.state == "done")
        skipped, *called = self.leads
        self.assertEqual(
            {touch.lead_id: touch.outcome for touch in made},
            dict(zip(called, OUTCOMES, strict=True)),
        )
        self.assertEqual(set(made.mapped("done_user_id")), {self.user_rep})
        self.assertEqual(skipped.touch_ids.state, "queued")
        interested, later, not_interested, no_answer, wrong_number = called
        self.assertIn("Interested", interested.activity_ids.summary)
        self.assertIn("Call back as agreed", later.activity_ids.summary)
        self.assertEqual(not_interested.won_status, "lost")
        self.assertEqual(no_answer.activity_ids.activity_type_id.category, "phonecall")
        self.assertTrue(wrong_number.phone_wrong)
