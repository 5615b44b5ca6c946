import datetime as dt

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .recycle_common import LeadRecycleCase


@tagged("post_install", "-at_install")
class TestLeadRecycle(LeadRecycleCase):
    """From the loss to the track: what rests until when, and who never enters."""

    def test_a_loss_is_kept_with_its_day_and_reason_and_rests_three_months(self):
        lead = self._make_lead()

        row = self._lose(lead)

        # lost on 20 March 2026, three months on
        self.assertEqual(row.rest_until, dt.date(2026, 6, 20))
        self.assertEqual(str(row.ended_at), "2026-03-20 12:00:00")
        self.assertEqual((row.lost_reason_id, row.rule_id), (self.reason_price, self.rule))
        self.assertRecycling(lead, "resting")
        self.assertIn("Too expensive", lead.recycle_story)

    def test_each_door_of_losing_leaves_one_row(self):
        by_dialog = self._make_lead()
        by_write = self._make_lead(email_from="b@best.example")
        hopeless = self._make_lead(email_from="c@best.example", probability=0)
        wizard = self.env["crm.lead.lost"].create(
            {"lead_ids": [(6, 0, by_dialog.ids)], "lost_reason_id": self.reason_skill.id}
        )

        wizard.action_lost_reason_apply()
        by_write.write({"active": False, "probability": 0, "lost_reason_id": self.reason_skill.id})
        self._lose(hopeless, self.reason_skill)

        for lead in by_dialog | by_write | hopeless:
            with self.subTest(lead.email_from):
                self.assertEqual(len(lead.recycle_ids), 1)
                self.assertEqual(lead.recycle_id.lost_reason_id, self.reason_skill)

    def test_a_lead_made_as_lost_or_put_away_is_history(self):
        made = self.env["crm.lead"].create(
            {"name": "Old", "active": False, "probability": 0, "lost_reason_id": 1}
        )
        put_away = self._make_lead(probability=30)
        put_away.action_archive()

        self.assertFalse((made | put_away).recycle_ids)

    def test_the_day_agreed_on_counts_before_the_rule(self):
        lead = self._make_lead()
        wizard = self.env["crm.lead.lost"].create(
            {
                "lead_ids": [(6, 0, lead.ids)],
                "lost_reason_id": self.reason_price.id,
                "look_again_date": "2026-09-01",
            }
        )

        wizard.action_lost_reason_apply()

        self.assertEqual(lead.recycle_id.rest_until, dt.date(2026, 9, 1))
        lead.look_again_date = "2026-10-01"
        self.assertEqual(lead.recycle_id.rest_until, dt.date(2026, 10, 1))

    def test_the_first_rule_that_fits_counts(self):
        self.rule.copy(
            {
                "name": "Skill",
                "sequence": 1,
                "rest_months": 6,
                "lost_reason_ids": [(6, 0, self.reason_skill.ids)],
            }
        )
        self.rule.copy(
            {"name": "Small", "sequence": 2, "is_never": True, "domain": "[('city', '=', 'Oz')]"}
        )
        skill, small, other = (
            self._make_lead(email_from=f"{city}@best.example", city=city)
            for city in ("Rome", "Oz", "Bern")
        )

        self._lose(skill, self.reason_skill)
        self._lose(small | other)

        self.assertEqual(skill.recycle_id.rest_until, dt.date(2026, 9, 20))
        self.assertRecycling(small, "never", "rule_never")
        self.assertEqual(other.recycle_id.rest_until, dt.date(2026, 6, 20))

    def test_another_reason_given_later_chooses_anew(self):
        never = self.rule.copy(
            {"sequence": 1, "is_never": True, "lost_reason_ids": [(6, 0, self.reason_skill.ids)]}
        )
        lead = self._make_lost()

        lead.lost_reason_id = self.reason_skill

        self.assertEqual(lead.recycle_id.rule_id, never)
        self.assertRecycling(lead, "never", "rule_never")

    def test_a_rule_that_works_no_longer_is_switched_off_and_the_next_one_counts(self):
        broken = self.rule.copy({"sequence": 1, "domain": "[('city', '=', 'Oz')]"})
        self.env.cr.execute(
            "UPDATE lead_recycle_rule SET domain = %s WHERE id = %s",
            ["[('gone_field', '=', 1)]", broken.id],
        )
        broken.invalidate_recordset()

        with self.assertLogs("odoo.addons.lead_nurture.models.lead_recycle_rule"):
            lead = self._make_lost()

        self.assertFalse(broken.active)
        self.assertEqual(lead.recycle_id.rule_id, self.rule)

    def test_a_rule_needs_a_track_unless_it_says_never(self):
        with self.assertRaisesRegex(ValidationError, "needs the nurture track"):
            self.rule.track_id = self.env.ref("lead_followup.lead_cadence_general")
        self.rule.write({"is_never": True, "track_id": False})

    def test_the_day_before_it_rests_and_on_the_day_it_enters(self):
        lead = self._make_lost()

        self._run_recycling("2026-06-19 23:00:00")
        self.assertRecycling(lead, "resting")
        self._run_recycling("2026-06-20 01:00:00")

        self.assertRecycling(lead, "track")
        self.assertEqual(lead.cadence_id, self.track)
        self.assertEqual((lead.active, lead.won_status), (False, "lost"))
        self.assertEqual(lead.lost_reason_id, self.reason_price)
        # Saturday 20 June; the e-mail window opens on Tuesday the 23rd, 09:00 in New York
        self.assertPlanned(lead, "email", "2026-06-23 13:00:00")
        # twelve months after it entered
        self.assertEqual(lead.recycle_id.track_until, dt.date(2027, 6, 20))

    def test_the_lost_lead_is_written_to_month_after_month_and_stays_lost(self):
        lead = self._make_lost()
        self._run_recycling("2026-06-20 01:00:00")

        self._send(lead, "2026-06-23 14:00:00")

        first = lead.touch_ids.filtered(lambda touch: touch.state == "done")
        self.assertEqual(first.template_id, self.env.ref("lead_nurture.mail_template_win_back_1"))
        # 30 days later is Thursday 23 July
        self.assertEqual(lead.next_touch_at.date(), dt.date(2026, 7, 23))
        self.assertFalse(lead.active)

    def test_twice_does_the_same_as_once(self):
        lead = self._make_lost()

        self._run_recycling("2026-06-20 01:00:00")
        self._run_recycling("2026-06-20 02:00:00")

        self.assertEqual(len(lead.enrollment_ids), 1)

    def test_other_cadences_do_not_write_to_the_lost(self):
        lead, resting = self._make_lost(), self._make_lost(email_from="b@best.example")
        lead.recycle_id.rest_until = "2026-03-20"
        self._run_recycling()
        general = self.env.ref("lead_followup.lead_cadence_general")

        can, left_out = general._split_enrollable(lead | resting)

        self.assertFalse(can)
        self.assertEqual(
            {word: len(out) for word, out in left_out.items()}, {"lost": 1, "closed": 1}
        )
        self.assertRecycling(lead, "track")

    def test_who_said_no_who_never_buys_and_who_is_a_customer_never_enter(self):
        customer = self.env["res.partner"].create({"name": "Cus", "email": "cus@best.example"})
        self._make_lead(partner_id=customer.id, email_from="cus@best.example").action_set_won()
        self.env["mail.blacklist"]._add("out@best.example")
        leads = {
            "do_not_contact": self._make_lead(do_not_contact=True),
            "opted_out": self._make_lead(email_from="out@best.example"),
            "not_a_buyer": self._make_lead(email_from="c@best.example", not_a_buyer="competitor"),
            "customer": self._make_lead(partner_id=customer.id),
        }
        consent_no = self._make_lead(email_from="no@best.example", email_consent="no")
        consent_blank = self._make_lead(email_from="blank@best.example")

        lost = self.env["crm.lead"].union(*leads.values()) | consent_no | consent_blank
        lost.action_set_lost(lost_reason_id=self.reason_price.id)

        for word, lead in leads.items():
            with self.subTest(word):
                self.assertRecycling(lead, "never", word)
        self.assertRecycling(consent_no, "never", "opted_out")
        self.assertRecycling(consent_blank, "resting")

    def test_a_refusal_in_the_meantime_ends_it(self):
        asked, blacklisted = self._make_lost(), self._make_lost(email_from="b@best.example")

        asked.do_not_contact = True
        self.env["mail.blacklist"]._add("b@best.example")
        self._run_recycling("2026-06-20 01:00:00")

        self.assertRecycling(asked, "never", "do_not_contact")
        self.assertRecycling(blacklisted, "over", "opted_out")
        self.assertFalse((asked | blacklisted).enrollment_ids)

    def test_a_refusal_in_the_track_ends_it_at_once(self):
        lead = self._make_lost()
        self._run_recycling("2026-06-20 01:00:00")

        lead.do_not_contact = True

        self.assertEqual(lead.enrollment_ids.state, "stopped")
        self.assertRecycling(lead, "over", "do_not_contact")
        self.assertNotIn("queued", lead.touch_ids.mapped("state"))

    def test_who_bought_meanwhile_elsewhere_is_left_in_peace(self):
        bought, courted, free = (
            self._make_lost(email_from=f"{name}@best.example") for name in "abc"
        )
        self._make_lead(email_from="a@best.example").action_set_won()
        self._make_lead(email_from="b@best.example")
        self._make_lead(email_from="other@best.example").action_set_won()

        self._run_recycling("2026-06-20 01:00:00")

        self.assertRecycling(bought, "over", "customer")
        self.assertRecycling(courted, "over", "other_lead")
        self.assertRecycling(free, "track")

    def test_who_buys_while_in_the_track_gets_no_more_of_it(self):
        bought, other = self._make_lost(), self._make_lost(email_from="b@best.example")
        self._run_recycling("2026-06-20 01:00:00")

        self._make_lead(type="opportunity").action_set_won()

        self.assertRecycling(bought, "over", "customer")
        self.assertEqual(bought.enrollment_ids.state, "stopped")
        self.assertRecycling(other, "track")

    def test_two_lost_leads_of_one_address_are_one_in_the_track(self):
        old, new = self._make_lost(), self._make_lost()
        late = self._make_lost(user_id=False)
        late.recycle_id.rest_until = "2026-07-01"

        self._run_recycling("2026-06-20 01:00:00")
        self._run_recycling("2026-07-01 01:00:00")

        self.assertRecycling(old, "over", "other_lead")
        self.assertRecycling(new, "track")
        self.assertRecycling(late, "over", "other_lead")

    def test_the_limit_of_rotations_and_its_near_miss(self):
        reached = self._make_lost(rotation=3)
        below = self._make_lost(rotation=2, email_from="b@best.example")

        self.assertRecycling(reached, "never", "rotations")
        self.assertRecycling(below, "resting")

    def test_a_track_without_steps_leaves_it_due_until_it_is_repaired(self):
        lead = self._make_lost()
        self.track.active = False
        self._run_recycling("2026-06-20 01:00:00")
        self.assertRecycling(lead, "due", "no_track")

        self.track.active = True
        self._run_recycling("2026-06-21 01:00:00")

        self.assertRecycling(lead, "track")

    def test_after_its_months_the_track_gives_up(self):
        lead = self._make_lost()
        self.rule.track_months = 1
        self._run_recycling("2026-06-20 01:00:00")

        self._run_recycling("2026-07-19 01:00:00")
        self.assertRecycling(lead, "track")
        self._run_recycling("2026-07-20 01:00:00")

        self.assertRecycling(lead, "over", "track_over")
        self.assertEqual(lead.enrollment_ids.state, "stopped")

    def test_without_an_address_it_says_that_no_step_could_be_made(self):
        lead = self._make_lost(email_from=False, phone="+12025550155")

        self._run_recycling("2026-06-20 01:00:00")

        self.assertRecycling(lead, "over", "no_channel")

    def test_one_that_fails_stops_none_but_itself(self):
        lead, other = self._make_lost(), self._make_lost(email_from="b@best.example")
        original = type(lead.recycle_id)._enter_track

        def fail(rows, track):
            if lead in rows.lead_id:
                raise ValueError("broken")
            return original(rows, track)

        self.patch(type(lead.recycle_id), "_enter_track", fail)
        with self.assertLogs("odoo.addons.lead_nurture.models.lead_recycle_run", "ERROR"):
            self._run_recycling("2026-06-20 01:00:00")

        self.assertRecycling(lead, "resting", "failed")
        self.assertRecycling(other, "track")

    def test_switched_off_nothing_is_recycled_but_the_history_is_kept(self):
        self.env.company.lead_recycle_lost = False

        lead = self._make_lost()

        self.assertRecycling(lead, "never", "switched_off")
        self.assertEqual(lead.recycle_id.lost_reason_id, self.reason_price)

    def test_lost_again_while_it_rests_is_one_live_row(self):
        lead = self._make_lost()
        lead.action_unarchive()
        self.assertRecycling(lead, "over", "restored")
        with freeze_time("2026-03-21 12:00:00"):
            self._lose(lead, self.reason_skill)

        self.assertEqual(lead.recycle_ids.sorted("id").mapped("state"), ["over", "resting"])
        self.assertEqual(
            lead.recycle_ids.sorted("id").lost_reason_id, self.reason_price | self.reason_skill
        )

    def test_merged_leads_keep_their_history(self):
        lost, stays = self._make_lost(), self._make_lead()
        row = lost.recycle_id

        (stays | lost)._merge_opportunity()

        self.assertEqual(row.exists().lead_id, (stays | lost).exists())
        self.assertEqual((row.state, row.reason), ("over", "merged"))

    def test_many_cost_the_queries_of_few(self):
        def count(number):
            leads = self.env["crm.lead"].union(
                *(self._make_lead(email_from=f"x{number}_{i}@best.example") for i in range(number))
            )
            self.env.flush_all()
            counts = [self.env.cr.sql_log_count]
            leads._note_lost()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count)
            leads.recycle_ids._get_obstacles()
            counts.append(self.env.cr.sql_log_count)
            leads.recycle_ids._come_back()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count)
            return [after - before for before, after in zip(counts, counts[1:], strict=False)]

        count(1)
        few, many = count(3), count(30)

        self.assertEqual(many, few)
