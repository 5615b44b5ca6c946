from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import letters
from .common import LeadFollowupCase
from .letter_common import LetterMixin


@tagged("post_install", "-at_install")
class TestLeadLetter(LetterMixin, LeadFollowupCase):
    """A letter from its step to the list, into a batch and through the printer."""

    @contextmanager
    def _wkhtmltopdf(self, state="ok", is_patched=True):
        """What this machine has of it must not decide a test."""
        report = type(self.env["ir.actions.report"])
        program = "odoo.addons.lead_followup.models.lead_letter_batch._wkhtml"
        with (
            patch.object(report, "get_wkhtmltopdf_state", lambda report: state),
            patch(program) as found,
        ):
            found.return_value.is_patched_qt = is_patched
            yield

    def test_a_letter_step_waits_to_be_printed_and_is_nobody_s_task(self):
        lead = self._make_addressed()

        letter = self._get_letter(lead)
        self.assertEqual((letter.state, letter.letter_state), ("queued", "to_print"))
        self.assertPlanned(lead, "letter", "2026-03-20 13:00:00")
        self.assertFalse(lead.activity_ids)

    def test_who_has_no_address_is_blocked_in_sight_and_gets_the_next_step(self):
        for number, (vals, reason) in enumerate(
            (
                ({"street": False}, "no_address"),
                ({"city": False}, "no_address"),
                ({"wrong_postal_address": "1 sample st, 89501, reno, nv, us"}, "address_wrong"),
                ({"letter_opt_out": True}, "no_letters"),
                ({"partner_name": False, "contact_name": False}, "no_addressee"),
            )
        ):
            with self.subTest(reason):
                lead = self._make_addressed(email_from=f"ann{number}@ample.example", **vals)

                letter = self._get_letter(lead)
                self.assertEqual((letter.state, letter.reason), ("blocked", reason))
                self.assertNotEqual(letter.reason_text, reason)
                self.assertEqual(lead.next_channel, "email")

    def test_a_post_box_is_an_address_and_one_name_is_enough(self):
        for vals in (
            {"street": False, "street2": "P.O. Box 12"},
            {"partner_name": False},
            {"contact_name": False},
        ):
            with self.subTest(vals):
                self.assertEqual(self._get_letter(self._make_addressed(**vals)).state, "queued")

    def test_a_missing_postcode_is_pointed_out_where_its_country_has_them(self):
        lacking = self._get_letter(self._make_addressed(zip=False))
        near = self._get_letter(self._make_addressed())
        hong_kong = self._make_addressed(
            zip=False, state_id=False, country_id=self.env.ref("base.hk").id
        )

        self.assertEqual(lacking.letter_address_hint, "No postcode")
        self.assertFalse(near.letter_address_hint)
        self.assertFalse(self._get_letter(hong_kong).letter_address_hint)

    def test_an_address_is_laid_out_as_its_country_has_it(self):
        partners = self.env["res.partner"].with_context(active_test=False).search_count([])
        for country, vals, expected in (
            ("us", {}, ["1 Sample St", "Reno NV 89501"]),
            (
                "de",
                {"zip": "10115", "city": "Berlin", "state_id": False},
                ["1 Sample St", "10115 Berlin", "GERMANY"],
            ),
            (
                "uk",
                {"zip": "LS1 1AA", "city": "Leeds", "state_id": False},
                ["1 Sample St", "Leeds", "LS1 1AA", "UNITED KINGDOM"],
            ),
        ):
            with self.subTest(country):
                lead = self._make_addressed(
                    enroll=False, country_id=self.env.ref(f"base.{country}").id, **vals
                )
                self.assertEqual(lead._get_postal_lines(), ["Ample Pumps", "Ann Ample", *expected])
        self.assertEqual(
            self.env["res.partner"].with_context(active_test=False).search_count([]), partners
        )

    def test_where_no_country_is_known_the_letter_stays_inside(self):
        lead = self._make_addressed(enroll=False, country_id=False, state_id=False)

        self.assertEqual(lead._get_postal_lines()[-1], "Reno 89501")

    def test_a_batch_holds_letters_with_text_address_sender_and_a_code(self):
        leads = self._make_addressed() | self._make_addressed(contact_name="Bea Best")
        batch = self._make_batch(leads)

        one, two = batch.touch_ids.sorted("id")
        self.assertEqual((batch.state, batch.letter_count), ("draft", 2))
        self.assertEqual(one.letter_subject, "To Ann Ample")
        self.assertIn("Hello Bea Best, from Rosa", two.letter_body)
        self.assertEqual(one.letter_address.splitlines()[-1], "Reno NV 89501")
        self.assertNotEqual(one.letter_code, two.letter_code)
        code = letters.read_code(one.letter_code)
        self.assertEqual(letters.format_code(code), one.letter_code)

    def test_letters_in_a_batch_are_not_made_again(self):
        lead = self._make_addressed()
        self._make_batch(lead)

        with self.assertRaisesRegex(UserError, "None of the 1 chosen"):
            self._make_batch(lead)

    def test_many_letters_make_several_batches_that_one_list_shows(self):
        leads = self._make_addressed() | self._make_addressed() | self._make_addressed()

        with patch("odoo.addons.lead_followup.models.lead_touch_letter._BATCH_SIZE", 2):
            action = self._get_letter(leads).action_make_letters()

        batches = self.env["lead.letter.batch"].search(action["domain"])
        self.assertEqual(sorted(batches.mapped("letter_count")), [1, 2])

    def test_a_text_that_fails_for_one_lead_blocks_that_letter_only(self):
        self.template.body_html = "<p t-out=\"1 // (0 if object.name == 'Bad' else 1)\"/>"
        good = self._make_addressed(name="Good")
        bad = self._make_addressed(name="Bad", email_from="bad@ample.example")

        with self.assertLogs("odoo.addons.lead_followup.models.lead_touch_letter", "WARNING"):
            batch = self._make_batch(good | bad)

        self.assertEqual(self._get_letter(good).letter_state, "batched")
        blocked = self._get_letter(bad)
        self.assertEqual(blocked.state, "blocked")
        self.assertIn("division", blocked.reason)
        self.assertEqual((batch.letter_count, batch.unwritten_count), (1, 1))
        self._run_cadences()
        self.assertEqual(bad.next_channel, "email")
        self.assertEqual(good.next_channel, "letter")

    def test_what_changed_since_the_step_was_planned_blocks_the_letter(self):
        for reason, change in (
            ("no_address", lambda lead: lead.write({"street": False})),
            ("no_letters", lambda lead: lead.write({"letter_opt_out": True})),
            ("address_too_long", lambda lead: lead.write({"street2": "so long a street " * 20})),
        ):
            with self.subTest(reason):
                lead = self._make_addressed()
                change(lead)

                batch = self._make_batch(lead)

                letter = self._get_letter(lead)
                self.assertEqual((letter.state, letter.reason), ("blocked", reason))
                with self.assertRaisesRegex(UserError, "no letter to print"):
                    batch.action_print()

    def test_a_step_without_a_text_blocks_its_letters(self):
        self.cadence.step_ids[0].template_id = False
        lead = self._make_addressed()

        self._make_batch(lead)

        letter = self._get_letter(lead)
        self.assertEqual((letter.state, letter.reason), ("blocked", "no_letter_text"))

    def test_a_letter_of_one_who_left_is_signed_by_the_next(self):
        lead = self._make_addressed()
        lead.user_id = self.user_marketing
        self.user_rep.active = False

        batch = self._make_batch(lead)

        self.assertIn("from Mara", batch.touch_ids.letter_body)

    def test_printing_again_gives_the_same_letters(self):
        lead = self._make_addressed()
        batch = self._make_printed(lead)
        letter = self._get_letter(lead)
        before = (letter.letter_code, letter.letter_body, letter.letter_address)

        self.template.body_html = "<p>Other words</p>"
        lead.street = "2 Sample St"
        with self._wkhtmltopdf():
            action = batch.action_print()

        self.assertEqual(action["report_name"], "lead_followup.report_lead_letters_a4")
        self.assertEqual((letter.letter_code, letter.letter_body, letter.letter_address), before)

    def test_a_letter_taken_out_waits_again_and_keeps_its_code(self):
        lead = self._make_addressed()
        self._make_printed(lead)
        letter = self._get_letter(lead)
        code = letter.letter_code

        letter.with_user(self.user_marketing).action_take_out()
        self.assertEqual(letter.letter_state, "to_print")

        batch = self._make_batch(lead)
        self.assertEqual((batch.touch_ids, letter.letter_code), (letter, code))

    def test_a_deleted_batch_gives_its_letters_back_unless_it_was_posted(self):
        lead, other = self._make_addressed(), self._make_addressed()
        self._make_printed(lead).unlink()
        posted = self._make_posted(other)

        self.assertEqual(self._get_letter(lead).letter_state, "to_print")
        with self.assertRaisesRegex(UserError, "has been posted"):
            posted.unlink()

    def test_nothing_is_printed_while_the_company_has_stopped_all_sending(self):
        lead = self._make_addressed()
        self.company.lead_sending_stopped = True
        with self.assertRaisesRegex(UserError, "stopped all sending"):
            self._make_batch(lead)

        self.company.lead_sending_stopped = False
        self.assertEqual(self._make_batch(lead).letter_count, 1)

    def test_without_wkhtmltopdf_the_button_opens_a_page_to_print(self):
        batch = self._make_batch(self._make_addressed())
        with self._wkhtmltopdf("install"):
            action = batch.action_print()

        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(
            action["url"], f"/report/html/lead_followup.report_lead_letters_a4/{batch.id}"
        )
        self.assertEqual(batch.state, "printed")

    def test_right_to_left_letters_are_left_to_a_browser_where_qt_would_lose_words(self):
        latin = self._make_batch(self._make_addressed())
        persian = self._make_batch(self._make_addressed(street="خیابان آزادی، پلاک ۱۲"))
        for is_patched, expected in ((False, (True, False)), (True, (True, True))):
            with self.subTest(is_patched), self._wkhtmltopdf(is_patched=is_patched):
                found = latin._can_make_pdf(), persian._can_make_pdf()
                self.assertEqual(found, expected)

    def test_letters_are_found_by_show_cadence_and_sender(self):
        lead = self._make_addressed()
        self.env["lead.show.visit"].create({"lead_id": lead.id, "trade_show_id": self.show.id})
        letters_touch = self.env["lead.touch"].with_user(self.user_marketing)

        for name, value in (
            ("trade_show_id", self.show),
            ("cadence_id", self.cadence),
            ("user_id", self.user_rep),
        ):
            with self.subTest(name):
                rows = letters_touch.formatted_read_group(
                    [("lead_id", "=", lead.id)], [name], ["__count"]
                )
                self.assertEqual([(row[name][0], row["__count"]) for row in rows], [(value.id, 1)])

    def test_us_envelopes_take_us_paper(self):
        self.company.lead_letter_window = "us_10"

        with self._wkhtmltopdf():
            action = self._make_batch(self._make_addressed()).action_print()

        self.assertEqual(action["report_name"], "lead_followup.report_lead_letters_letter")

    def test_a_new_company_gets_the_envelopes_of_its_country_and_keeps_its_choice(self):
        country_by_window = {"us_10": "us", "right": "ch", "left": "de"}
        for window, code in country_by_window.items():
            company = self.env["res.company"].create(
                {"name": f"In {code}", "country_id": self.env.ref(f"base.{code}").id}
            )
            self.assertEqual(company.lead_letter_window, window)

        company.lead_letter_window = "right"
        company.country_id = self.env.ref("base.us")
        self.assertEqual(company.lead_letter_window, "right")

    def test_many_letters_cost_as_many_queries_as_few(self):
        few = self.env["crm.lead"].union(*(self._make_addressed() for _n in range(2)))
        many = self.env["crm.lead"].union(*(self._make_addressed() for _n in range(12)))
        first = self._make_addressed() | self._make_addressed()  # reads what is read once
        counts = []
        for leads in (first, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._make_batch(leads).action_print()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)

        self.assertEqual(counts[1], counts[2])


@tagged("post_install", "-at_install")
class TestLeadLetterPost(LetterMixin, LeadFollowupCase):
    """A letter on its way, and what comes back."""

    def _get_moments(self, lead):
        letter = self._get_letter(lead)
        return str(letter.done_at), str(letter.letter_arrives_at)

    def test_a_posted_letter_is_the_first_contact_and_advances_the_cadence(self):
        lead = self._make_addressed()
        batch = self._make_posted(lead)

        self.assertEqual((batch.state, self._get_letter(lead).letter_state), ("posted", "posted"))
        self.assertEqual(str(lead.first_touch_at), "2026-03-20 12:00:00")
        self.assertEqual(lead.first_human_touch_at, lead.first_touch_at)
        self.assertEqual(lead.touch_count, 1)
        self._run_cadences()
        # in New York: Friday 08:00, two working days by post, Tuesday; three more, Friday;
        # e-mails from Tuesday 09:00
        self.assertEqual(self._get_moments(lead)[1], "2026-03-24 12:00:00")
        self.assertPlanned(lead, "email", "2026-03-31 13:00:00")

    def test_without_days_by_post_the_next_step_comes_sooner(self):
        self.company.lead_letter_days_domestic = 0
        lead = self._make_addressed()
        self._make_posted(lead)
        self._run_cadences()

        # three working days after Friday 08:00: Wednesday
        self.assertPlanned(lead, "email", "2026-03-25 13:00:00")

    def test_abroad_the_post_takes_longer_and_that_country_s_holidays_count(self):
        lead = self._make_addressed(
            country_id=self.env.ref("base.de").id, state_id=False, city="Berlin", zip="10115"
        )
        self._make_posted(lead)
        self._run_cadences()

        # in Berlin: Friday 13:00, seven working days, Tuesday 31 March 13:00 (summer time by then);
        # three more, past Good Friday and Easter Monday: Tuesday 7 April 13:00; e-mails before
        # noon: Wednesday 09:00
        self.assertEqual(self._get_moments(lead)[1], "2026-03-31 11:00:00")
        self.assertPlanned(lead, "email", "2026-04-08 07:00:00")

    def test_a_batch_posted_on_an_earlier_day_counts_from_noon_of_that_day(self):
        lead = self._make_addressed()
        batch = self._make_printed(lead)

        with freeze_time("2026-03-24 12:00:00"):
            batch.posted_date = "2026-03-20"
            batch.action_mark_posted()

        # noon in New York
        self.assertEqual(self._get_moments(lead), ("2026-03-20 16:00:00", "2026-03-24 16:00:00"))

    def test_a_batch_posted_days_after_it_was_made_counts_from_that_day(self):
        lead = self._make_addressed()
        batch = self._make_printed(lead)

        with freeze_time("2026-03-24 20:00:00"):
            batch.action_mark_posted()

        self.assertEqual(str(batch.posted_date), "2026-03-24")
        # noon in New York; two working days on its way
        self.assertEqual(self._get_moments(lead), ("2026-03-24 16:00:00", "2026-03-26 16:00:00"))

    def test_no_batch_is_posted_tomorrow_before_it_was_made_unprinted_or_twice(self):
        batch = self._make_batch(self._make_addressed())
        with self.assertRaisesRegex(UserError, "printed first"):
            batch.action_mark_posted()
        batch.action_print()
        for day in ("2026-03-19", "2026-03-21"):
            batch.posted_date = day
            with self.subTest(day), self.assertRaisesRegex(UserError, "not posted on that day"):
                batch.action_mark_posted()
        batch.posted_date = "2026-03-20"
        batch.action_mark_posted()

        with self.assertRaisesRegex(UserError, "marked as posted once"):
            batch.action_mark_posted()

    def test_who_answers_after_printing_is_withdrawn_and_to_be_taken_out_of_the_pile(self):
        lead, other = self._make_addressed(), self._make_addressed()
        batch = self._make_printed(lead | other)

        lead.enrollment_id._stop("replied")
        self.assertEqual((batch.letter_count, batch.withdrawn_count), (1, 1))
        self.assertEqual(len(batch._get_sheets()), 1)
        batch.action_mark_posted()

        self.assertEqual(self._get_letter(lead).state, "cancelled")
        self.assertFalse(lead.first_touch_at)
        self.assertTrue(other.first_touch_at)

    def test_who_answers_before_printing_leaves_the_batch(self):
        lead, other = self._make_addressed(), self._make_addressed()
        batch = self._make_batch(lead | other)

        lead.enrollment_id._stop("replied")

        self.assertEqual(batch.touch_ids, self._get_letter(other))
        self.assertEqual(batch.withdrawn_count, 0)

    def test_a_pause_holds_a_printed_letter_back_and_a_resume_lets_it_go(self):
        lead = self._make_addressed()
        batch = self._make_printed(lead)
        code = batch.touch_ids.letter_code

        lead.enrollment_id.action_pause()
        self.assertEqual((batch.letter_count, batch.withdrawn_count), (0, 1))

        lead.enrollment_id.action_resume()
        self.assertEqual((batch.letter_count, batch.withdrawn_count), (1, 0))
        self.assertEqual(batch.touch_ids.letter_code, code)
        self.assertPlanned(lead, "letter", "2026-03-20 13:00:00")
        batch.action_mark_posted()
        self.assertEqual(lead.touch_count, 1)

    def test_a_letter_that_missed_the_post_in_a_pause_is_printed_anew(self):
        lead, other = self._make_addressed(), self._make_addressed()
        batch = self._make_printed(lead | other)
        lead.enrollment_id.action_pause()
        batch.action_mark_posted()

        lead.enrollment_id.action_resume()

        self.assertEqual(self._get_letter(lead).letter_state, "to_print")

    def test_a_letter_whose_batch_is_gone_after_a_pause_is_planned_anew(self):
        lead = self._make_addressed()
        batch = self._make_printed(lead)
        lead.enrollment_id.action_pause()
        batch.unlink()

        lead.enrollment_id.action_resume()

        self.assertEqual(self._get_letter(lead).letter_state, "to_print")

    def test_a_letter_that_came_back_closes_letters_and_nothing_else(self):
        lead = self._make_addressed()
        self._make_posted(lead)
        letter = self._get_letter(lead).with_user(self.user_marketing)

        letter.action_mark_returned()

        self.assertEqual((letter.letter_state, lead.postal_address_wrong), ("returned", True))
        self.assertEqual(str(letter.letter_returned_date), "2026-03-20")
        self._run_cadences()
        self.assertEqual(lead.next_channel, "email")
        self.assertEqual(lead._get_obstacle("letter"), ("blocked", "address_wrong"))
        self.assertEqual(lead._get_obstacle("email"), (None, None))

    def test_a_corrected_address_takes_letters_again_the_same_one_does_not(self):
        lead = self._make_addressed(enroll=False)
        lead._mark_postal_address_wrong()

        lead.write({"street": "1  sample st", "state_id": lead.state_id.id})
        self.assertTrue(lead.postal_address_wrong)

        lead.write({"street": "2 Sample St"})
        self.assertFalse(lead.postal_address_wrong)

        lead.write({"street": "1 Sample St"})
        self.assertTrue(lead.postal_address_wrong)
        lead.with_user(self.user_rep).action_trust_postal_address()
        self.assertFalse(lead.postal_address_wrong)

    def test_only_a_posted_letter_comes_back(self):
        lead = self._make_addressed()
        self._make_printed(lead)

        with self.assertRaisesRegex(UserError, "posted can come back"):
            self._get_letter(lead).action_mark_returned()
        self.assertFalse(lead.postal_address_wrong)

    def test_a_second_letter_is_not_written_to_an_address_one_came_back_from(self):
        again = self.cadence.step_ids[1].copy(
            {"channel": "letter", "sequence": 15, "template_id": self.template.id, "wait_days": 0}
        )
        lead = self._make_addressed()
        self._make_posted(lead)
        with freeze_time("2026-03-24 14:00:00"):
            self._run_cadences()
            second = lead.touch_ids.filtered(lambda touch: touch.step_id == again)
            self.assertEqual(second.letter_state, "to_print")

            (lead.touch_ids - second).action_mark_returned()

            self.assertEqual((second.state, second.reason), ("blocked", "address_wrong"))
            self._run_cadences()
        self.assertEqual(lead.next_channel, "email")

    def test_merged_leads_keep_the_wish_for_no_more_letters(self):
        head = self._make_addressed(type="opportunity", probability=50, enroll=False)
        tail = self._make_addressed(letter_opt_out=True, enroll=False)

        self.assertTrue((head | tail).merge_opportunity().letter_opt_out)
