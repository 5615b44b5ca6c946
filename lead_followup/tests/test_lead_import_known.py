from odoo.tests import tagged

from .common import LeadFollowupCase

HEADINGS = ["Name", "Company", "E-mail", "Phone", "City", "Comments"]


@tagged("post_install", "-at_install")
class TestLeadImportKnown(LeadFollowupCase):
    """A file meets leads and customers that are in the CRM already."""

    def _import_row(self, *cells, **vals):
        return self._import([HEADINGS, list(cells)], **vals)

    def test_known_open_lead_is_enriched_by_email_and_not_overwritten(self):
        lead = self._make_lead(city="Reno", phone=False)

        job = self._import_row(
            "Ann Ample", "Ample Inc", "ANN@ample.example ", "(202) 555-0155", "Austin", ""
        )

        self.assertVerdicts(job, {1: ("enriched", "email")})
        self.assertEqual(job.row_ids.lead_id, lead)
        self.assertEqual(lead.phone_sanitized, "+12025550155")  # was blank
        self.assertEqual(lead.city, "Reno")  # was not
        self.assertEqual(lead.trade_show_id, self.show)

    def test_another_address_is_another_lead(self):
        lead = self._make_lead()

        job = self._import_row("Ann Ample", "Ample Inc", "ann2@ample.example", "", "", "")

        self.assertVerdicts(job, {1: "new"})
        self.assertNotEqual(job.row_ids.lead_id, lead)

    def test_same_phone_and_name_meet_where_one_side_has_no_email(self):
        lead = self._make_lead(email_from=False, phone="+1 202 555 0155")

        job = self._import_row("ANN AMPLE", "", "ann@ample.example", "(202) 555-0155", "", "")

        self.assertVerdicts(job, {1: ("enriched", "phone")})
        self.assertEqual(lead.email_normalized, "ann@ample.example")

    def test_same_switchboard_other_name_stays_apart(self):
        self._make_lead(email_from=False, phone="+1 202 555 0155")

        job = self._import_row("Bob Best", "", "", "(202) 555-0155", "", "")

        self.assertVerdicts(job, {1: "new"})

    def test_same_phone_and_name_with_two_emails_stay_apart(self):
        self._make_lead(phone="+1 202 555 0155")

        job = self._import_row("Ann Ample", "", "other@ample.example", "(202) 555-0155", "", "")

        self.assertVerdicts(job, {1: "new"})

    def test_same_name_and_company_meet_where_one_side_has_neither_email_nor_phone(self):
        lead = self._make_lead(partner_name="Ample Inc", email_from=False)

        job = self._import_row("ann ample", " AMPLE  Inc ", "ann@ample.example", "", "", "")

        self.assertVerdicts(job, {1: ("enriched", "name_company")})
        self.assertEqual(lead.email_normalized, "ann@ample.example")

    def test_same_name_at_another_company_stays_apart(self):
        self._make_lead(partner_name="Ample Inc", email_from=False)

        job = self._import_row("Ann Ample", "Scanty Ltd", "ann@scanty.example", "", "", "")

        self.assertVerdicts(job, {1: "new"})

    def test_a_second_show_is_a_second_visit_of_one_lead(self):
        first = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")
        autumn = self._make_show(name="Autumn Fair", date_begin="2026-03-18", date_end="2026-03-19")

        second = self._import_row(
            "Ann Ample", "Ample Inc", "ann@ample.example", "", "", "", trade_show_id=autumn.id
        )

        self.assertVerdicts(second, {1: ("enriched", "email")})
        self.assertEqual(second.row_ids.lead_id, first.row_ids.lead_id)
        self.assertEqual(first.row_ids.lead_id.visit_ids.trade_show_id, self.show | autumn)

    def test_a_won_lead_gets_a_new_one_beside_it_and_no_cold_cadence(self):
        won = self._make_lead(type="opportunity", user_id=self.user_rep.id)
        won.action_set_won()

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")

        self.assertVerdicts(job, {1: "new"})
        lead = job.row_ids.lead_id
        self.assertNotEqual(lead, won)
        self.assertFalse(lead.enrollment_ids)

    def test_an_open_deal_gets_the_visit_its_owner_a_word_and_no_cold_cadence(self):
        deal = self._make_lead(type="opportunity", user_id=self.user_rep.id, lifecycle="sql")

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")

        self.assertVerdicts(job, {1: ("enriched", "email")})
        self.assertEqual(deal.visit_ids.trade_show_id, self.show)
        self.assertFalse(deal.enrollment_ids)
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.user_rep.partner_id.id)]
        )
        self.assertIn("was seen again", str(told.mail_message_id.mapped("subject")))

    def test_an_opportunity_made_by_hand_is_a_deal_an_offered_or_free_one_is_not(self):
        deal = self._make_lead(type="opportunity", user_id=self.user_rep.id, lifecycle="inquiry")
        self.assertTrue(deal._is_open_deal())
        deal.lifecycle = "mql"
        self.assertFalse(deal._is_open_deal())
        deal.write({"lifecycle": "inquiry", "user_id": False})
        self.assertFalse(deal._is_open_deal())

    def test_two_rows_that_are_one_known_lead_are_one(self):
        lead = self._make_lead(phone="+1 202 555 0155")

        job = self._import(
            [
                HEADINGS,
                ["Ann Ample", "", "ann@ample.example", "", "", ""],
                ["Ann Ample", "", "", "(202) 555-0155", "", ""],
            ]
        )

        self.assertEqual(job.state, "done")
        self.assertVerdicts(job, {1: ("enriched", "email"), 2: ("duplicate", "phone")})
        self.assertEqual(len(lead.visit_ids), 1)

    def test_who_must_not_be_contacted_is_not_taken_up_again(self):
        lead = self._make_lead(do_not_contact=True)
        lead.action_set_lost()

        self._import_row("Ann Ample", "", "ann@ample.example", "", "", "")

        self.assertEqual(lead.won_status, "lost")

    def test_a_rep_s_preview_knows_other_reps_leads(self):
        other = self._make_user("ted", "sales_team.group_sale_salesman")
        self._make_lead(user_id=other.id)
        job = self._preview([HEADINGS, ["Ann Ample", "", "ann@ample.example", "", "", ""]])

        job.with_user(self.user_marketing).action_preview()
        self.assertVerdicts(job, {1: ("enriched", "email")})

    def test_a_lost_lead_is_taken_up_again_with_its_history(self):
        lead = self._make_lead()
        lead.action_set_lost()

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")

        self.assertVerdicts(job, {1: ("enriched", "email")})
        self.assertTrue(lead.active)
        self.assertEqual((lead.won_status, lead.rotation), ("pending", 1))
        self.assertTrue(lead.enrollment_id)

    def test_a_customer_of_the_contacts_is_linked(self):
        partner = self.env["res.partner"].create(
            {"name": "Ann Ample", "email": "ann@ample.example"}
        )

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")

        self.assertEqual(job.row_ids.lead_id.partner_id, partner)

    def test_leads_of_another_company_are_not_met(self):
        company = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self._make_lead(company_id=company.id)

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")

        self.assertVerdicts(job, {1: "new"})

    def test_older_leads_get_their_matching_key_in_the_background(self):
        lead = self._make_lead(partner_name="Ample Inc", email_from=False)
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET identity_key = NULL WHERE id = %s", [lead.id])
        lead.invalidate_recordset()

        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_fill_identity_keys").method_direct_trigger()

        job = self._import_row("Ann Ample", "Ample Inc", "ann@ample.example", "", "", "")
        self.assertVerdicts(job, {1: ("enriched", "name_company")})

    def test_person_is_known_by_what_a_further_row_says(self):
        lead = self._make_lead(phone=False, city=False)

        job = self._import(
            [
                HEADINGS,
                ["Ann Ample", "", "", "(202) 555-0155", "Austin", ""],
                ["Ann Ample", "", "ann@ample.example", "(202) 555-0155", "", ""],
                ["Bob Best", "", "", "(202) 555-0155", "", ""],  # the same switchboard
            ]
        )

        self.assertVerdicts(job, {1: ("enriched", "email"), 2: ("duplicate", "phone"), 3: "new"})
        self.assertEqual(job.row_ids.sorted("number").lead_id[:1], lead)
        self.assertEqual((lead.phone_sanitized, lead.city), ("+12025550155", "Austin"))

    def test_further_row_follows_its_first_to_the_row_that_is_the_same_lead(self):
        lead = self._make_lead(phone="+1 202 555 0155")

        job = self._import(
            [
                HEADINGS,
                ["Ann Ample", "Ample Inc", "ann@ample.example", "", "", ""],
                ["Ann Ample", "", "", "(202) 555-0155", "", ""],
                ["Ann Ample", "", "", "(202) 555-0155", "Austin", "WANTS A QUOTE"],
            ]
        )

        self.assertEqual(job.state, "done")
        self.assertEqual(job.row_ids.mapped("is_done"), [True] * 3)
        self.assertEqual(job.row_ids.lead_id, lead)
        self.assertEqual(lead.city, "Austin")
