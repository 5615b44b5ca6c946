from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import LeadFollowupCase

# NOW is Friday 20 March 2026, 12:00 UTC: 8 in the morning in New York (UTC-4), where leads live.


@tagged("post_install", "-at_install")
class TestLeadCadenceRep(LeadFollowupCase):
    """Steps that wait until the lead has a salesperson, and join in then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.lead_marketing_user_id = cls.user_marketing
        cls.template = cls.env.ref("lead_followup.mail_template_general_next")
        cls.cadence = cls.env["lead.cadence"].create(
            {
                "name": "Some by the rep",
                "step_ids": [
                    cls._mail("By the rep", 10, is_rep_only=True),
                    cls._mail("For all", 20),
                ],
            }
        )
        cls.step_rep, cls.step_all = cls.cadence.step_ids

    @classmethod
    def _mail(cls, name, sequence, **vals):
        return Command.create(
            {
                "name": name,
                "sequence": sequence,
                "channel": "email",
                "template_id": cls.template.id,
                **vals,
            }
        )

    def _get_states(self, lead):
        return {touch.step_id.name: touch.state for touch in lead.touch_ids}

    def test_a_rep_only_mail_waits_while_the_others_go_on(self):
        lead = self._make_lead()

        self.cadence._enroll(lead)

        self.assertEqual(self._get_states(lead), {"By the rep": "waiting", "For all": "queued"})
        waiting = lead.touch_ids.filtered(lambda touch: touch.state == "waiting")
        self.assertEqual(waiting.reason_text, "Waits until a salesperson is there")

    def test_with_a_rep_it_goes_out_in_his_name(self):
        lead = self._make_lead(user_id=self.user_rep.id)

        self.cadence._enroll(lead)

        self.assertEqual(self._get_states(lead), {"By the rep": "queued"})
        self.assertEqual(lead.touch_ids.mail_id.author_id, self.user_rep.partner_id)

    def test_a_rep_who_has_left_is_none(self):
        self.user_rep.active = False
        lead = self._make_lead(user_id=self.user_rep.id)

        self.cadence._enroll(lead)
        self._run_cadences()

        self.assertEqual(self._get_states(lead), {"By the rep": "waiting", "For all": "queued"})

    def test_it_joins_in_and_what_comes_after_it_waits_from_it(self):
        lead = self._make_lead()
        self.cadence._enroll(lead)
        mail_for_all = lead.touch_ids.mail_id

        lead.user_id = self.user_rep
        self._run_cadences()

        self.assertEqual(self._get_states(lead), {"By the rep": "queued"})
        self.assertEqual(lead.touch_ids.user_id, self.user_rep)
        self.assertFalse(mail_for_all.exists())  # prepared anew for the rep, then put off
        self.assertPlanned(lead, "email", "2026-03-20 13:00:00")

        with freeze_time("2026-03-20 13:00:00"):
            lead.touch_ids._mark_done(fields.Datetime.now(), is_human=False)
            self._run_cadences()
        self.assertEqual(self._get_states(lead), {"By the rep": "done", "For all": "queued"})

    def test_a_call_that_joins_in_puts_nothing_off(self):
        self.step_rep.write({"channel": "call", "template_id": False})
        lead = self._make_lead(phone="+12125550155")
        self.cadence._enroll(lead)

        lead.user_id = self.user_rep
        self._run_cadences()

        self.assertEqual(self._get_states(lead), {"By the rep": "queued", "For all": "queued"})

    def test_a_mail_that_cannot_go_out_any_more_is_blocked_and_the_cadence_ends(self):
        self.step_all.unlink()
        lead = self._make_lead()
        enrollment = self.cadence._enroll(lead)
        self.assertEqual(enrollment.state, "active")

        lead.write({"user_id": self.user_rep.id, "email_consent": "no"})
        self._run_cadences()
        self._run_cadences()

        self.assertEqual((lead.touch_ids.state, lead.touch_ids.reason), ("blocked", "no_consent"))
        self.assertEqual((enrollment.state, enrollment.stop_reason), ("done", "no_channel"))

    def test_many_join_in_for_the_queries_of_few(self):
        def join(count, tag):
            leads = self.env["crm.lead"].union(
                *(self._make_lead(email_from=f"{tag}{n}@ample.example") for n in range(count))
            )
            self.cadence._enroll(leads)
            leads.user_id = self.user_rep
            self.env.flush_all()
            self.env.invalidate_all()
            waiting = leads.touch_ids.filtered(lambda touch: touch.state == "waiting")
            before = self.env.cr.sql_log_count
            waiting._join_in()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before, waiting

        join(2, "warm")
        few, _touches = join(10, "few")
        many, touches = join(40, "many")

        self.assertEqual(set(touches.mapped("state")), {"queued"})
        self.assertLessEqual(many, few + 40)

    def test_calls_that_waited_for_a_rep_keep_their_distance(self):
        # Nothing was made yet: both could be made at once.
        self.cadence = self.env["lead.cadence"].create(
            {
                "name": "Two calls",
                "step_ids": [
                    Command.create({"name": name, "sequence": n, "channel": "call", "wait_days": n})
                    for n, name in enumerate(("First", "Second", "Third"), 2)
                ],
            }
        )
        lead = self._make_lead(email_from=False, phone="+12025550155")
        self.cadence._enroll(lead)
        self.assertEqual(set(self._get_states(lead).values()), {"waiting"})

        lead.user_id = self.user_rep
        self._run_cadences()

        # Friday 20 March at once, for its clock runs; three working days on is Wednesday 25, four
        # more is Wednesday 1 April: 31 March is Cesar Chavez Day in California, where it lives.
        planned = {touch.step_id.name: str(touch.planned_at) for touch in lead.touch_ids}
        self.assertEqual(
            planned,
            {
                "First": "2026-03-20 13:00:00",
                "Second": "2026-03-25 13:00:00",
                "Third": "2026-04-01 13:00:00",
            },
        )
