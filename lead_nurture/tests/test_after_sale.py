from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .after_sale_common import AfterSaleCase

REPLY = """From: {sender}
To: sales@seller.test
Subject: Re: Thank you
Message-Id: <{number}@ample.example>
{headers}
Content-Type: text/plain; charset=utf-8

{text}
"""


@tagged("post_install", "-at_install")
class TestAfterSale(AfterSaleCase):
    """Who enters the track for customers, and what ends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].create({"name": "seller.test"})

    def _receive(self, touch, number="r1", sender="ann@ample.example", headers=""):
        """Receive an answer to the e-mail of ``touch``."""
        message = REPLY.format(
            sender=sender,
            number=number,
            text="All is well.",
            headers=f"In-Reply-To: {touch.mail_id.message_id}\n{headers}".strip(),
        )
        return self.env["mail.thread"].message_process(None, message)

    # entering

    def test_who_is_won_enters_and_is_thanked_five_days_later(self):
        lead = self._make_won()

        self.assertAfterSale(lead, "active")
        # Won on Friday 20 March 12:00 UTC, five days on is Wednesday 08:00 in New York or before;
        # the e-mail window of Tuesday to Thursday opens at 09:00 in Sacramento: 16:00 UTC.
        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_the_wait_is_from_the_sale_not_from_the_last_touch_before_it(self):
        lead = self._make_deal()
        self.env["lead.touch"].create(
            {"lead_id": lead.id, "channel": "call", "state": "done", "done_at": "2026-01-05"}
        )

        lead.action_set_won()

        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_thanks_how_it_goes_a_referral_ask_and_again_without_thanks(self):
        lead = self._make_won()
        titles = []

        for at in (
            "2026-03-25 13:00:00",
            "2026-06-23 13:00:00",  # 90 days: Tuesday 23 June
            "2026-07-23 13:00:00",  # 30 days: Thursday 23 July
            "2026-10-21 13:00:00",  # 90 days: Wednesday 21 October
        ):
            self.assertPlanned(lead, "email", at)
            titles.append(self._send_next(lead, at).step_id.name)

        self.assertEqual(
            titles, ["Thank you", "How is it going?", "Whom do you know?", "How is it going?"]
        )
        self.assertEqual(lead.enrollment_id.round, 2)
        self.assertEqual(
            self.env["lead.referral"].search([("lead_id", "=", lead.id)]).state, "asked"
        )

    def test_without_a_track_in_the_settings_nobody_enters(self):
        self.company.lead_after_sale_track_id = False

        self.assertFalse(self._make_won().enrollment_ids)

    def test_what_is_made_as_won_is_history(self):
        stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)

        lead = self._make_deal(stage_id=stage.id)

        self.assertEqual(lead.won_status, "won")
        self.assertFalse(lead.enrollment_ids)
        self.assertFalse(lead.repeat_date)

    def test_a_broken_track_does_not_keep_a_lead_from_being_won(self):
        self.track.step_ids.unlink()

        with mute_logger("odoo.addons.lead_nurture.models.crm_lead_after_sale"):
            lead = self._make_won()

        self.assertEqual(lead.won_status, "won")
        self.assertFalse(lead.enrollment_ids)

    def test_a_track_of_another_company_is_refused_in_the_settings(self):
        other = self.env["res.company"].create({"name": "Sister"})
        self.company.lead_after_sale_track_id = False
        self.track.company_id = other

        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            self.company.lead_after_sale_track_id = self.track

    def test_a_track_for_prospects_is_refused_in_the_settings(self):
        with self.assertRaisesRegex(ValidationError, "is no track after the sale"):
            self.company.lead_after_sale_track_id = self.env.ref(
                "lead_nurture.lead_cadence_stay_in_touch"
            )

    def test_who_asked_not_to_be_contacted_stays_out_whichever_lead_it_was_on(self):
        own = self._make_won(do_not_contact=True)
        self.assertFalse(own.enrollment_ids)
        own.unlink()

        self._make_lead(do_not_contact=True, active=False)
        other = self._make_won()
        self.assertFalse(other.enrollment_ids)

        stranger = self._make_won(partner_id=False, email_from="bea@ample.example")
        self.assertTrue(stranger.enrollment_ids)

    def test_who_opted_out_of_e_mail_stays_out(self):
        self.env["mail.blacklist"]._add("ann@ample.example")
        self.assertFalse(self._make_won().enrollment_ids)
        no = self._make_won(partner_id=False, email_from="bea@a.example", email_consent="no")
        self.assertFalse(no.enrollment_ids)

    def test_an_open_lead_does_not_enter_and_a_won_one_enters_no_other_track(self):
        deal = self._make_deal()
        _can, left_out = self.track._split_enrollable(deal)
        self.assertEqual(left_out, {"not_won": deal})

        self.company.lead_after_sale_track_id = False
        deal.action_set_won()
        stay = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        _can, left_out = stay._split_enrollable(deal)
        self.assertEqual(left_out, {"closed": deal})
        self.assertEqual(self.track._split_enrollable(deal), (deal, {}))

    def test_the_newest_sale_takes_over_the_customer_s_track(self):
        old = self._make_won()
        with freeze_time("2026-04-20 12:00:00"):
            new = self._make_won(partner_id=False, email_from="ANN@ample.example")

        self.assertAfterSale(old, "stopped", "newer_sale")
        self.assertAfterSale(new, "active")
        _can, left_out = self.track._split_enrollable(old)
        self.assertEqual(left_out, {"newer_sale": old})

    def test_two_sales_of_a_moment_are_one_track(self):
        deals = self._make_deal() | self._make_deal(name="Valves for Ample")

        deals.action_set_won()

        self.assertEqual(deals.enrollment_ids.lead_id, deals[1])

    def test_sales_to_two_people_are_two_tracks(self):
        first = self._make_won()
        second = self._make_won(partner_id=False, email_from="bea@ample.example")

        self.assertAfterSale(first, "active")
        self.assertAfterSale(second, "active")

    def test_a_cadence_before_the_sale_ends_with_it(self):
        lead = self._make_deal()
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        before = lead.enrollment_id

        lead.action_set_won()

        self.assertEqual((before.state, before.stop_reason), ("stopped", "won"))
        self.assertAfterSale(lead, "active")

    def test_a_track_after_the_sale_is_a_track(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.track.is_track = False
            self.env.flush_all()

    # going on and ending

    def test_being_won_does_not_end_it(self):
        lead = self._make_won()

        lead.action_set_won()
        lead.write({"stage_id": lead.stage_id.id, "expected_revenue": 5})
        with freeze_time("2026-03-25 15:00:00"):
            self._run_cadences()

        self.assertAfterSale(lead, "active")

    def test_an_undone_sale_ends_it(self):
        lead = self._make_won()

        lead.write({"stage_id": lead.stage_id.search([("is_won", "=", False)], limit=1).id})

        self.assertEqual(lead.won_status, "pending")
        self.assertAfterSale(lead, "stopped", "not_won")
        self.assertFalse(lead.enrollment_id)

    def test_an_answer_halts_it_and_is_on_the_rep_s_list(self):
        lead = self._make_won()
        touch = self._send_next(lead, "2026-03-25 13:00:00")

        self._receive(touch)

        self.assertAfterSale(lead, "paused", "answered")
        self.assertEqual(touch.outcome, "replied")
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)
        self.assertIn("Answered", lead.activity_ids.summary)
        self.assertEqual(lead.won_status, "won")

    def test_an_absence_notice_ends_nothing(self):
        lead = self._make_won()
        touch = self._send_next(lead, "2026-03-25 13:00:00")

        self._receive(touch, headers="Auto-Submitted: auto-replied")

        self.assertAfterSale(lead, "active")
        self.assertFalse(lead.activity_ids)

    def test_a_won_lead_that_no_track_wrote_to_leaves_no_task_by_an_answer(self):
        self.company.lead_after_sale_track_id = False
        lead = self._make_deal()
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)
        touch = lead.touch_ids
        touch._mark_done("2026-03-20 12:00:00", is_human=False)
        lead.action_set_won()

        self._receive(touch)

        self.assertFalse(lead.activity_ids)

    def test_a_customer_who_writes_afresh_halts_it_and_has_a_new_lead_beside(self):
        self.env["mail.alias"].create(
            {"alias_name": "sales", "alias_model_id": self.env["ir.model"]._get_id("crm.lead")}
        )
        lead = self._make_won()
        self._send_next(lead, "2026-03-25 13:00:00")
        count = self.env["crm.lead"].search_count([])

        message = REPLY.format(
            sender="ann@ample.example", number="f1", text="More, please.", headers="X-Plain: 1"
        )
        self.env["mail.thread"].message_process(None, message.replace("Re: Thank you", "More"))

        self.assertEqual(self.env["crm.lead"].search_count([]), count + 1)
        self.assertAfterSale(lead, "paused", "answered")
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)

    def test_a_sale_of_another_company_is_another_customer_s(self):
        other = self.env["res.company"].create({"name": "Sister"})
        ours = self._make_won(company_id=self.company.id)
        theirs = self._make_won(company_id=other.id, user_id=False, team_id=False)

        self.assertFalse(theirs.enrollment_ids)  # no track in its settings
        self.assertFalse(ours._filter_with_newer_sale())
        theirs.company_id = False
        self.assertEqual(ours._filter_with_newer_sale(), ours)

    def test_do_not_contact_and_an_opt_out_end_it(self):
        lead = self._make_won()
        other = self._make_won(partner_id=False, email_from="bea@ample.example")

        lead.do_not_contact = True
        other._opt_out_by_link("bea@ample.example")

        self.assertAfterSale(lead, "stopped", "do_not_contact")
        self.assertAfterSale(other, "stopped", "opted_out")

    def test_an_archived_sale_ends_it(self):
        lead = self._make_won()

        lead.active = False

        self.assertAfterSale(lead, "stopped", "archived")

    def test_the_frequency_cap_holds(self):
        self.company.write({"lead_mailing_cap": 1, "lead_mailing_cap_days": 14})
        stay = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        lead = self._make_deal()
        stay._enroll(lead)
        with freeze_time("2026-03-24 13:00:00"):
            self._run_cadences()
            lead.touch_ids._mark_done("2026-03-24 13:00:00", is_human=False)
        with freeze_time("2026-03-25 12:00:00"):
            lead.action_set_won()

        # Five days on is Monday 30 March; the cap of 14 days is over on Tuesday 7 April, 16:00 UTC.
        self.assertPlanned(lead, "email", "2026-04-07 13:00:00")
        self.assertEqual(lead.touch_ids.sorted("id")[-1].put_off_reason, "over_cap")

    def test_the_customer_s_track_goes_before_a_prospect_s_of_the_same_address(self):
        prospect = self._make_lead(email_from="ann@ample.example")
        self.env.ref("lead_nurture.lead_cadence_stay_in_touch")._enroll(prospect)

        won = self._make_won()

        self.assertTrue(won.touch_ids.filtered(lambda touch: touch.state == "planned"))
        self.assertFalse(won.enrollment_id._filter_same_address())
        self.assertTrue(prospect.enrollment_id._filter_same_address())

    def test_a_lead_that_goes_back_to_nurture_does_not_go_back_to_customers(self):
        lead = self._make_deal(type="lead")
        stay = self.env.ref("lead_nurture.lead_cadence_stay_in_touch")
        stay._enroll(lead)
        lead.lifecycle = "sql"
        lead.enrollment_id._stop("meeting")
        lead.action_set_won()
        lead.write({"stage_id": lead.stage_id.search([("is_won", "=", False)], limit=1).id})

        lead.lifecycle = "nurture"

        self.assertEqual(lead.cadence_id, stay)

    def test_who_has_no_contact_is_not_asked_for_a_referral_and_the_track_goes_on(self):
        lead = self._make_won(partner_id=False, email_from="bea@ample.example")

        self._send_next(lead, "2026-03-25 13:00:00")
        self._send_next(lead, "2026-06-23 13:00:00")
        with freeze_time("2026-07-23 13:00:00"):
            self._run_cadences()
            self._run_cadences()

        ask = lead.touch_ids.filtered("step_id.asks_referral")
        self.assertEqual((ask.state, ask.reason), ("skipped", "no_contact"))
        self.assertEqual(lead.enrollment_id.round, 2)

    def test_a_call_step_is_in_the_owner_s_queue(self):
        step = self.track.step_ids[0]
        step.write({"channel": "call", "template_id": False, "wait_days": 0})
        lead = self._make_won(phone="+12025550155")
        with freeze_time("2026-03-25 14:30:00"):
            self._run_cadences()
            before = lead.with_user(self.user_rep)._get_due_calls(self.user_rep)
            self.company.lead_after_sale_track_id = False
            lead.enrollment_id.cadence_id.is_after_sale = False
            after = lead.with_user(self.user_rep)._get_due_calls(self.user_rep)

        self.assertEqual([call["lead"] for call in before], [lead])
        self.assertEqual(after, [])

    def test_a_letter_step_reaches_a_customer(self):
        self.track.step_ids.unlink()
        self.track.write(
            {
                "step_ids": [
                    Command.create(
                        {
                            "name": "Card",
                            "channel": "letter",
                            "wait_days": 5,
                            "template_id": self.env.ref(
                                "lead_nurture.mail_template_after_sale_thanks"
                            ).id,
                        }
                    )
                ]
            }
        )
        lead = self._make_won(partner_name="Ample", street="1 Sample St", city="Reno", zip="89501")
        with freeze_time("2026-03-27 13:00:00"):
            self._run_cadences()
            letter = lead.touch_ids
            self.assertEqual(letter.letter_state, "to_print")
            action = letter.with_user(self.user_marketing).action_make_letters()
            batch = self.env["lead.letter.batch"].browse(action["res_id"])
            batch.action_print()
            batch.action_mark_posted()

        self.assertEqual(letter.letter_state, "posted")
        self.assertTrue(letter.letter_code)
        self.assertGreater(letter.letter_arrives_at, letter.done_at)
        lead._note_letter_answer(letter.letter_code, "write", "More of them")
        self.assertAfterSale(lead, "paused", "answered")
        self.assertEqual(letter.outcome, "replied")
        self.assertEqual(lead.activity_ids.user_id, self.user_rep)
