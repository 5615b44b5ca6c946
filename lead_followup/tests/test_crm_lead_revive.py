from odoo.tests import tagged

from .common import NOW, LeadFollowupCase

HEADINGS = ["Name", "E-mail"]
ANN = ["Ann Ample", "ann@ample.example"]


@tagged("post_install", "-at_install")
class TestCrmLeadRevive(LeadFollowupCase):
    """A lead that was closed, and whose person shows up again, by whatever door."""

    def _make_lost(self, **vals):
        lead = self._make_lead(
            user_id=self.user_rep.id,
            engagement_since="2026-01-05 08:00:00",
            first_touch_deadline="2026-01-06 08:00:00",
            **vals,
        )
        lead.write({"first_touch_at": "2026-01-05 09:00:00", "lifecycle": "sql"})
        lead.action_set_lost(lost_reason_id=self.env.ref("crm.lost_reason_1").id)
        return lead

    def assertTakenUp(self, lead, rotation=1):
        self.assertEqual((lead.active, lead.won_status, lead.rotation), (True, "pending", rotation))
        self.assertFalse(lead.lost_reason_id or lead.first_touch_at or lead.first_human_touch_at)
        self.assertEqual(lead.lifecycle, "inquiry")

    def test_the_owner_who_is_there_stays_and_the_clock_begins_again(self):
        lead = self._make_lost()

        revived = lead._revive("Wrote to us.")

        self.assertEqual(revived, lead)
        self.assertTakenUp(lead)
        self.assertEqual(lead.user_id, self.user_rep)
        # 24 hours for somebody who comes to us now
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertEqual(str(lead.engagement_since), NOW)
        self.assertIn("Wrote to us.", lead.message_ids[0].body)
        self.assertEqual(lead.probability, lead.automated_probability)

    def test_an_owner_who_has_left_does_not_get_it_back(self):
        lead = self._make_lost()
        self.user_rep.active = False

        lead._revive("Wrote to us.")

        self.assertTakenUp(lead)
        self.assertFalse(lead.user_id)

    def test_each_time_counts_one_more(self):
        leads = self._make_lost() | self._make_lost(email_from="bob@best.example", rotation=2)

        leads._revive()

        self.assertEqual(leads.mapped("rotation"), [1, 3])

    def test_open_and_won_leads_are_left_alone(self):
        open_lead = self._make_lead()
        won = self._make_lead(type="opportunity")
        won.action_set_won()
        won.action_archive()

        self.assertFalse((open_lead | won)._revive("Wrote to us."))

        self.assertEqual((open_lead | won).mapped("rotation"), [0, 0])
        self.assertEqual((won.won_status, won.active), ("won", False))

    def test_who_must_not_be_contacted_is_left_alone(self):
        lead = self._make_lost(do_not_contact=True)

        self.assertFalse(lead._revive("Wrote to us."))

        self.assertFalse(lead.active)

    def test_who_does_not_buy_comes_back_as_such(self):
        lead = self._make_lost()
        lead.write({"not_a_buyer": "student", "lifecycle": "disqualified"})

        lead._revive()

        self.assertEqual((lead.active, lead.lifecycle), (True, "disqualified"))

    def test_a_file_takes_it_up_as_a_form_does_with_the_clock_of_the_new_visit(self):
        lead = self._make_lost()

        job = self._import([HEADINGS, ANN])

        self.assertVerdicts(job, {1: ("enriched", "email")})
        self.assertTakenUp(lead)
        self.assertEqual(lead.user_id, self.user_rep)
        # closing of the show, 20 March 01:00 UTC, and 48 hours
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-22 01:00:00")
        self.assertIn("taken up again", "".join(lead.message_ids.mapped("body")))
        # the visit that brings it back counts: scanned at the closing, before the import
        self.assertEqual(lead.engagement_since, self.show.closes_at)
        self.assertEqual(lead.score_engagement, 10)

    def test_its_preview_says_so_and_its_owner_is_told_once(self):
        leads = self._make_lost() | self._make_lost(email_from="bob@best.example")
        leads[1].contact_name = "Bob Best"

        job = self._preview([HEADINGS, ANN, ["Bob Best", "bob@best.example"]])
        self.assertIn("taken up again", job.row_ids[0].reason_text)
        self.assertVerdicts(job, {1: "enriched", 2: "enriched"})
        job.action_import()
        self._run_imports()

        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.user_rep.partner_id.id)]
        )
        self.assertEqual(
            told.mail_message_id.mapped("subject"), ["2 of your closed leads came back"]
        )

    def test_a_file_without_show_and_date_gives_it_the_clock_of_a_newcomer(self):
        lead = self._make_lost()

        self._import([HEADINGS, ANN], trade_show_id=False)

        self.assertTakenUp(lead)
        self.assertEqual(str(lead.first_touch_deadline), "2026-03-21 12:00:00")
        self.assertFalse(lead.visit_ids)


@tagged("post_install", "-at_install")
class TestArchivedByHand(LeadFollowupCase):
    """Archived is not lost in Odoo; the visitor must not vanish in it all the same."""

    def _archive(self, lead):
        lead.probability = 10  # archived with a probability of nothing it would be lost
        lead.action_archive()

    def test_its_person_takes_it_up_again_by_a_file(self):
        lead = self._make_lead(lifecycle="sql", user_id=self.user_rep.id)
        self._archive(lead)
        self.assertEqual(lead.won_status, "pending")

        job = self._import([HEADINGS, ANN])

        self.assertVerdicts(job, {1: ("enriched", "email")})
        self.assertTrue(lead.active)
        self.assertEqual((lead.rotation, lead.lifecycle), (1, "inquiry"))
        self.assertEqual(lead.enrollment_id.cadence_id, self.show.cadence_id)
        self.assertFalse(job.row_ids.is_known_customer)  # an old deal that was put away is none

    def test_and_by_an_e_mail(self):
        lead = self._make_lead()
        self._archive(lead)
        found, _rule = lead._find_known({"email": "ann@ample.example"}, self.env.company)

        found._note_incoming_mail(
            "ann@ample.example", "Your offer", "<1@ample.example>", False, lead.ids, is_fresh=True
        )

        self.assertEqual(found, lead)
        self.assertTrue(lead.active)
        self.assertIn("Your offer", str(lead.message_ids.mapped("body")))

    def test_an_open_lead_of_the_same_person_comes_first(self):
        archived = self._make_lead()
        self._archive(archived)
        open_lead = self._make_lead()
        newer = self._make_lead()
        self._archive(newer)

        job = self._import([HEADINGS, ANN])

        self.assertEqual(job.row_ids.lead_id, open_lead)
        self.assertFalse((archived | newer).filtered("active"))

    def test_a_customer_s_old_archived_lead_stays_put_away(self):
        archived = self._make_lead()
        self._archive(archived)
        won = self._make_lead(type="opportunity")
        won.action_set_won()

        job = self._import([HEADINGS, ANN])

        self.assertVerdicts(job, {1: "new"})  # beside the won one
        self.assertFalse(archived.active)
