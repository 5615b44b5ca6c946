from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.lead_touch_stop import HELD_UNTIL
from .clock_common import LeadClockCase


class LeadSignerCase(LeadClockCase):
    """Now is Friday 20 March 2026, 12:00 UTC. Rosa's leads become Nils's, or his to sign for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_next = cls._make_user("nils", "sales_team.group_sale_salesman", tz="UTC")
        cls.template = cls.env.ref("lead_followup.lead_cadence_general").step_ids.template_id[:1]

    def _make_cadence(self, *steps, **vals):
        """``steps``: (channel, days to wait)."""
        return self.env["lead.cadence"].create(
            {
                "name": "Steps",
                "step_ids": [
                    Command.create(
                        {
                            "name": f"{channel} {number}",
                            "channel": channel,
                            "wait_days": days,
                            "template_id": self.template.id if channel == "email" else False,
                        }
                    )
                    for number, (channel, days) in enumerate(steps)
                ],
                **vals,
            }
        )

    def _enroll(self, cadence, **vals):
        lead = self._make_clock(phone="+1 202 555 0155", **vals)
        cadence._enroll(lead)
        return lead

    def _plan_ahead(self, touch, moment="2026-04-08 14:00:00"):
        """Let ``touch`` be planned for ``moment``, beyond what is put on its way."""
        touch._withdraw()
        touch.write({"state": "planned", "planned_at": moment, "mail_id": False})

    def _mind(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_mind_absences").method_direct_trigger()


@tagged("post_install", "-at_install")
class TestLeadTouchSigner(LeadSignerCase):
    """What was planned in the name of a former salesperson, or of somebody who is not there."""

    def test_who_leaves_for_long_has_nothing_planned_beside_what_is_on_its_way(self):
        lead = self._enroll(self._make_cadence(("call", 0), ("email", 0), ("email", 0)))
        enrollment = lead.enrollment_id
        enrollment._plan_next()  # as when the call waited for a salesperson
        mail = lead.touch_ids.filtered(lambda touch: touch.channel == "email")
        mail.state = "sending"
        self.company.lead_marketing_user_id = self.user_marketing
        self.user_rep.lead_is_away = True

        enrollment._replan_absent()

        self.assertEqual(lead.touch_ids, mail)
        mail._mark_done(mail.planned_at, is_human=False)
        self._run_cadences()
        self.assertEqual(len(lead.touch_ids), 3)

    def test_two_late_emails_of_one_lead_leave_at_two_moments(self):
        lead = self._enroll(self._make_cadence(("email", 0), ("email", 0)))
        lead.enrollment_id._plan_next()
        first, second = lead.touch_ids.sorted("id")

        with freeze_time("2026-03-24 12:00:00"):
            lead.touch_ids._plan_anew()

        self.assertTrue(first.planned_at and second.planned_at)
        self.assertNotEqual(first.planned_at, second.planned_at)
        self.assertEqual(lead.next_touch_at, min(first.planned_at, second.planned_at))

    def test_planned_calls_go_to_the_new_one_and_stay_planned(self):
        lead = self._enroll(self._make_cadence(("call", 0)))
        call = lead.touch_ids
        self._plan_ahead(call)

        lead.user_id = self.user_next

        self.assertEqual(call.user_id, self.user_next)
        self.assertIn(call.state, ("planned", "queued"))
        self.assertLess(str(call.planned_at), "2026-04-08")  # chosen anew: it may be soon
        self.assertEqual(lead.next_touch_at, call.planned_at)

    def test_planned_emails_and_letters_are_signed_by_the_new_one(self):
        for channel in ("email", "letter"):
            with self.subTest(channel):
                lead = self._enroll(
                    self._make_cadence((channel, 0)),
                    email_from=f"{channel}@ample.example",
                    street="1 Main Street",
                    city="Albany",
                    zip="12201",
                )
                touch = lead.touch_ids
                self._plan_ahead(touch)

                lead.user_id = self.user_next

                self.assertEqual((touch.state, touch.user_id), ("planned", self.user_next))
                self.assertEqual(str(touch.planned_at), "2026-04-08 14:00:00")

    def test_a_letter_in_a_batch_keeps_who_wrote_it(self):
        cadence = self._make_cadence(("letter", 0), ("letter", 0))
        lead = self._enroll(cadence, street="1 Main Street", city="Albany", zip="12201")
        lead.enrollment_id._plan_next()
        first, second = lead.touch_ids.sorted("id")
        first.letter_batch_id = self.env["lead.letter.batch"].create(
            {"window": self.company.lead_letter_window}
        )

        lead.user_id = self.user_next

        self.assertEqual(first.user_id, self.user_rep)
        self.assertEqual((second.state, second.user_id), ("queued", self.user_next))

    def test_queued_emails_are_prepared_anew_at_the_same_moment(self):
        lead = self._enroll(self._make_cadence(("email", 0)))
        touch, mail, moment = lead.touch_ids, lead.touch_ids.mail_id, lead.next_touch_at

        lead.user_id = self.user_next

        self.assertFalse(mail.exists())
        self.assertEqual((touch.state, touch.user_id), ("queued", self.user_next))
        self.assertEqual(touch.mail_id.author_id, self.user_next.partner_id)
        self.assertEqual(touch.mail_id.state, "outgoing")
        self.assertEqual((touch.planned_at, touch.mail_id.scheduled_date), (moment, moment))

    def test_an_email_being_sent_is_left_alone(self):
        lead = self._enroll(self._make_cadence(("email", 0)))
        lead.touch_ids.state = "sending"
        mail = lead.touch_ids.mail_id

        lead.user_id = self.user_next

        self.assertEqual((lead.touch_ids.mail_id, lead.touch_ids.user_id), (mail, self.user_rep))

    def test_what_is_stopped_stays_stopped(self):
        lead = self._enroll(self._make_cadence(("email", 0)))
        self.company.lead_sending_stopped = True
        lead.touch_ids._hold()

        lead.user_id = self.user_next

        mail = lead.touch_ids.mail_id
        self.assertEqual(mail.author_id, self.user_next.partner_id)
        self.assertEqual((mail.state, mail.scheduled_date), ("outgoing", HELD_UNTIL))

    def test_what_was_sent_as_a_test_is_not_sent_again_until_the_test_is_over(self):
        lead = self._enroll(self._make_cadence(("email", 0)))
        lead.touch_ids._mark_tested()

        lead.user_id = self.user_next

        touch = lead.touch_ids
        self.assertEqual((touch.state, touch.reason), ("queued", "tested"))
        self.assertEqual(touch.mail_id.author_id, self.user_next.partner_id)
        self.assertEqual(touch.mail_id.scheduled_date, HELD_UNTIL)

    def test_the_new_one_approves_what_the_former_approved(self):
        cadence = self._make_cadence(("email", 0), is_first_email_approved=True)
        lead = self._enroll(cadence)
        lead.touch_ids._approve()
        self.assertEqual(lead.touch_ids.state, "queued")

        lead.user_id = self.user_next

        self.assertEqual((lead.touch_ids.state, lead.touch_ids.approved_at), ("approval", False))
        self.assertEqual(lead.touch_ids.user_id, self.user_next)

    def test_a_forecast_drops_no_email(self):
        lead = self._enroll(self._make_cadence(("email", 0)))
        mail = lead.touch_ids.mail_id

        lead.with_context(lead_forecast=True).user_id = self.user_next

        self.assertEqual((lead.touch_ids.mail_id, lead.touch_ids.state), (mail, "queued"))

    def test_a_call_moved_by_hand_keeps_its_moment(self):
        lead = self._enroll(self._make_cadence(("call", 0)))
        call = lead.touch_ids
        call.write({"planned_at": "2026-03-24 03:00:00", "slot_rule": "by_hand"})

        lead.user_id = self.user_next

        self.assertEqual(str(call.planned_at), "2026-03-24 03:00:00")
        self.assertEqual(call.activity_id.user_id, self.user_next)

    def test_a_lead_merged_into_another_s_has_its_call_on_his_list(self):
        lead = self._enroll(self._make_cadence(("call", 0)))
        head = self._make_clock(user_id=self.user_next.id)

        head._merge_dependences(head | lead)

        self.assertEqual(head.touch_ids.user_id, self.user_next)
        self.assertEqual(head.touch_ids.activity_id.user_id, self.user_next)

    def test_forty_leads_cost_as_much_as_two_and_tell_nobody(self):
        for channel in ("call", "email"):
            cadence = self._make_cadence((channel, 0))
            counts = []
            for turn, number in enumerate((2, 2, 40)):  # the first fills caches
                leads = self.env["crm.lead"].union(
                    *(
                        self._enroll(cadence, email_from=f"{channel}{turn}.{each}@a.example")
                        for each in range(number)
                    )
                )
                touches = leads.touch_ids
                notices = [("message_type", "=", "user_notification")]
                told = self.env["mail.message"].search_count(notices)
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE crm_lead SET user_id = %s WHERE id IN %s",
                    (self.user_next.id, leads._ids),
                )
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                leads._pass_on_touches()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
                self.assertEqual(touches.user_id, self.user_next)
                self.assertEqual(self.env["mail.message"].search_count(notices), told)
            with self.subTest(channel, counts=counts):
                self.assertLess(counts[2], counts[1] + 20)

    def test_the_next_touch_is_the_earliest_of_those_on_their_way(self):
        lead = self._enroll(self._make_cadence(("call", 0), ("email", 0)))
        lead.enrollment_id._plan_next()
        call, mail = lead.touch_ids.sorted("id")
        call.planned_at, mail.planned_at = "2026-03-24 14:00:00", "2026-03-25 14:00:00"
        lead.enrollment_id._note_coming()
        self.assertPlanned(lead, "call", "2026-03-24 14:00:00")

        call._mark_done("2026-03-24 14:00:00", is_human=True)

        self.assertPlanned(lead, "email", "2026-03-25 14:00:00")

    def test_what_joins_in_earlier_comes_next(self):
        lead = self._enroll(self._make_cadence(("call", 0), ("email", 0)), user_id=False)
        self.company.lead_marketing_user_id = self.user_marketing
        lead.enrollment_id._plan_next()
        call = lead.touch_ids.filtered(lambda touch: touch.state == "waiting")
        mail = lead.touch_ids - call
        mail.write({"state": "planned", "planned_at": "2026-05-25 14:00:00"})
        lead.enrollment_id._note_coming()
        lead.user_id = self.user_rep

        call._join_in()

        self.assertEqual((lead.next_channel, lead.next_touch_at), ("call", call.planned_at))


@tagged("post_install", "-at_install")
class TestLeadTouchSignerAbsent(LeadSignerCase):
    """The show's sender signs for a lead of nobody's, or stands in for one who is away."""

    def setUp(self):
        super().setUp()
        self.company.lead_marketing_user_id = self.user_marketing
        self.show.sender_id = self.user_next
        self.cadence = self._make_cadence(("email", 0))

    def _make_shown(self, **vals):
        lead = self._make_clock(**vals)
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        lead.enrollment_id._stop("by_hand")
        self.cadence._enroll(lead)
        return lead, lead.enrollment_id.touch_ids

    def test_a_sender_who_has_left_or_is_away_is_stood_in_for(self):
        for vals in ({"active": False}, {"lead_is_away": True}):
            with self.subTest(vals):
                lead, touch = self._make_shown(
                    user_id=False, email_from=f"{next(iter(vals))}@ample.example"
                )
                self.assertEqual(touch.user_id, self.user_next)
                self.patch(type(self.user_next), "_note_absences", lambda users: None)
                self.user_next.write(vals)

                self._mind()

                self.assertEqual((touch.state, touch.user_id), ("queued", self.user_marketing))
                self.assertFalse(lead.user_id)
                self.user_next.write({"active": True, "lead_is_away": False})

    def test_a_rep_who_is_there_keeps_his_lead_and_what_he_signs(self):
        lead, touch = self._make_shown()
        other, _touch = self._make_shown(user_id=False, email_from="o@ample.example")
        self.user_next.active = False

        self._mind()

        self.assertEqual((lead.user_id, touch.user_id), (self.user_rep, self.user_rep))
        self.assertFalse(other.user_id)

    def test_another_sender_of_the_show_signs_what_is_held_queued_or_planned(self):
        _lead, queued = self._make_shown(user_id=False)
        own, its = self._make_shown(email_from="own@ample.example")

        self.show.sender_id = self.user_leader

        self.assertEqual((queued.state, queued.user_id), ("queued", self.user_leader))
        self.assertEqual(queued.mail_id.author_id, self.user_leader.partner_id)
        self.assertEqual((own.user_id, its.user_id), (self.user_rep, self.user_rep))

    def test_a_stand_in_approves_what_he_signs_and_nobody_else_sees_it(self):
        self.cadence.is_first_email_approved = True
        third = self._make_user("ted", "sales_team.group_sale_salesman")
        self.user_rep.lead_is_away = True
        lead, touch = self._make_shown()
        self.assertEqual((touch.state, touch.user_id), ("approval", self.user_next))
        seen = self.env["lead.touch"].with_user(self.user_next)
        view = self.env.ref("lead_followup.lead_touch_view_list_approval")
        names = [node.get("name") for node in view._get_combined_arch().xpath("//field")]
        self.env.invalidate_all()

        [row] = seen.search([("id", "=", touch.id)]).web_read(
            {
                name: {"fields": {"display_name": {}}}
                if seen._fields[name].type == "many2one"
                else {}
                for name in names
            }
        )

        self.assertEqual(row["lead_id"]["display_name"], lead.name)
        self.assertFalse(self.env["lead.touch"].with_user(third).search([("id", "=", touch.id)]))
        with self.assertRaises(AccessError):
            touch.with_user(third).action_approve_emails()
        self.assertFalse(lead.with_user(self.user_next).has_access("read"))
        action = touch.with_user(self.user_next).action_review_email()
        review = self.env["lead.touch.review"].with_user(self.user_next).browse(action["res_id"])
        review.subject = " "
        with self.assertRaisesRegex(UserError, "no subject"):
            review.action_approve()
        review.subject = "Pumps, Ann?"
        review.action_approve()
        self.assertEqual((touch.state, touch.approved_user_id), ("queued", self.user_next))
        self.assertEqual(touch.mail_id.subject, "Pumps, Ann?")
        with self.assertRaisesRegex(UserError, "any more"):
            touch.with_user(self.user_next).action_approve_emails()
