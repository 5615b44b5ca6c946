from odoo.tests import new_test_user, tagged

from .common import LeadFollowupCase, to_csv

FIELDS = ["name", "contact_name", "partner_name", "email_from", "phone"]
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}


class LoadCase(LeadFollowupCase):
    """Odoo's own “Import records”, by a salesman who sees his own leads only."""

    def setUp(self):
        super().setUp()
        # as a browser's request: tracking is not switched off for the tests' sake
        self.leads = (
            self.env["crm.lead"].with_user(self.user_rep).with_context(tracking_disable=False)
        )

    def _load(self, *rows, fields=FIELDS, leads=None, **context):
        """Load ``rows`` (lists of cells); return the leads, one a row."""
        leads = self.leads if leads is None else leads
        result = leads.with_context(**context).load(fields, [list(row) for row in rows])
        self.assertFalse(result["messages"])
        return self.env["crm.lead"].browse(result["ids"])

    def _get_job(self):
        return self.env["lead.import"].search([("is_from_records", "=", True)], order="id desc")[:1]


@tagged("post_install", "-at_install")
class TestCrmLeadLoad(LoadCase):
    def test_new_people_are_leads_of_nobody_in_their_company_with_a_clock(self):
        partners = self.env["res.partner"].search_count([])

        leads = self._load(
            ["Pumps", "Ann Ample", "Ample Inc", "ann@ample.example", "(202) 555-0155"],
            ["Valves", "Bob Best", "Best Ltd", "bob@best.example", ""],
        )

        self.assertEqual(leads.mapped("name"), ["Pumps", "Valves"])
        self.assertFalse(leads.user_id)
        self.assertFalse(leads.partner_id)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertEqual(leads.company_id, self.env.company)
        self.assertEqual(str(leads[0].first_touch_deadline), "2026-03-21 12:00:00")
        self.assertFalse(leads.message_ids)
        self.assertEqual(self._get_job().row_ids.mapped("verdict"), ["new", "new"])

    def test_the_file_s_salesperson_stays(self):
        lead = self._load(
            ["Pumps", self.user_marketing.name], fields=["name", "user_id"], leads=self._manager()
        )

        self.assertEqual(lead.user_id, self.user_marketing)

    def _manager(self):
        return self.leads.with_user(self.user_marketing)

    def test_a_known_lead_is_enriched_not_overwritten_and_is_the_row_s_record(self):
        known = self._make_lead(city="Reno", phone=False, user_id=self.user_marketing.id)

        leads = self._load(
            ["Valves", "Ann Ample", "", "ANN@ample.example", "+1 202 555 0155", "Austin", "Ms"],
            ["Taps", "Bob Best", "", "bob@best.example", "", "", ""],
            fields=[*FIELDS, "city", "function"],
        )

        self.assertEqual(leads[0], known)
        self.assertEqual(known.phone_sanitized, "+12025550155")  # was blank
        self.assertEqual(known.function, "Ms")
        self.assertEqual((known.name, known.city), ("A lead", "Reno"))  # were not
        self.assertEqual(known.user_id, self.user_marketing)
        note = known.message_ids[0].body
        self.assertIn("City: Austin", note)  # what was not taken over is told
        self.assertIn("Valves", note)
        self.assertNotIn("ANN@", note)  # the same address in capitals is no difference
        self.assertEqual(leads[1].name, "Taps")
        self.assertEqual(self._get_job().row_ids.mapped("verdict"), ["enriched", "new"])

    def test_a_row_that_adds_nothing_is_a_duplicate(self):
        known = self._make_lead()

        lead = self._load(["A lead", "Ann Ample", "", "ann@ample.example", ""])

        self.assertEqual(lead, known)
        self.assertEqual(self._get_job().row_ids.verdict, "duplicate")
        self.assertFalse(known.message_ids.filtered(lambda m: "Seen again" in (m.body or "")))

    def test_rows_of_one_person_are_one_lead_and_fill_each_other(self):
        leads = self._load(
            ["Pumps", "Ann Ample", "Ample Inc", "ann@ample.example", ""],
            ["Pumps", "Bob Best", "Best Ltd", "bob@best.example", ""],
            ["Taps", "Ann Ample", "", "ann@ample.example", "+1 202 555 0155"],
        )

        self.assertEqual(leads[0], leads[2])
        self.assertEqual(len(set(leads.ids)), 2)
        self.assertEqual(leads[0].phone_sanitized, "+12025550155")

    def test_one_switchboard_two_names_stay_apart(self):
        self._make_lead(email_from=False, phone="+1 202 555 0155")

        leads = self._load(
            ["Pumps", "Bob Best", "", "", "+1 202 555 0155"],
            ["Pumps", "Cara Cole", "", "", "+1 202 555 0155"],
        )

        self.assertEqual(len(set(leads.ids)), 2)
        self.assertNotIn("Ann Ample", leads.mapped("contact_name"))

    def test_same_name_without_company_stays_apart(self):
        known = self._make_lead(email_from=False)

        lead = self._load(["Pumps", "Ann Ample", "", "", ""])

        self.assertNotEqual(lead, known)

    def test_a_lost_lead_is_taken_up_again(self):
        known = self._make_lead()
        known.action_set_lost()

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", ""])

        self.assertEqual(lead, known)
        self.assertEqual((known.won_status, known.rotation), ("pending", 1))

    def test_a_won_lead_s_person_is_a_customer_with_a_new_lead_beside_it(self):
        contact = self.env["res.partner"].create({"name": "Ann", "email": "ann@ample.example"})
        won = self._make_lead(partner_id=contact.id)
        won.action_set_won()

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", "+1 202 555 0155"])

        self.assertNotEqual(lead, won)
        self.assertEqual(lead.partner_id, contact)
        self.assertFalse(contact.phone)  # a file does not change a contact
        self.assertTrue(self._get_job().row_ids.is_known_customer)

    def test_neither_does_a_file_of_our_own_import_change_a_contact(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "email": "ann@ample.example", "phone": "+1 202 555 0100"}
        )

        job = self._import(
            [["Name", "E-mail", "Phone"], ["Ann", "ann@ample.example", "2025550155"]]
        )

        self.assertEqual(job.row_ids.lead_id.partner_id, contact)
        self.assertEqual(job.row_ids.lead_id.phone_sanitized, "+12025550155")
        self.assertEqual(contact.phone, "+1 202 555 0100")

    def test_an_open_deal_is_enriched_and_its_owner_told(self):
        deal = self._make_lead(type="opportunity", user_id=self.user_marketing.id, phone=False)

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", "+1 202 555 0155"])
        self._run_imports()

        self.assertEqual(lead, deal)
        self.assertEqual(deal.phone_sanitized, "+12025550155")
        self.assertFalse(deal.enrollment_ids)
        told = self.env["mail.message"].search([("subject", "=", "A lead was seen again")])
        self.assertEqual(told.notified_partner_ids, self.user_marketing.partner_id)

    def test_a_bad_address_is_flagged_not_changed(self):
        leads = self._load(
            ["Pumps", "Ann Ample", "", "ann@gmial.com", ""],
            ["Pumps", "Bob Best", "Best Ltd", "bob.at.best", ""],
            ["Pumps", "", "", "", ""],
        )

        self.assertEqual(leads.mapped("email_from"), ["ann@gmial.com", "bob.at.best", False])
        rows = self._get_job().row_ids
        self.assertEqual(
            [row.flags for row in rows],
            [["email_typo:gmail.com"], ["invalid_email"], ["no_contact"]],
        )

    def test_who_does_not_buy_comes_in_disqualified(self):
        lead = self._load(["Pumps", "Test Test", "", "test@example.com", ""])

        self.assertEqual((lead.not_a_buyer, lead.lifecycle), ("other", "disqualified"))

    def test_further_fields_fill_blanks_and_add_tags(self):
        tags = self.env["crm.tag"].create([{"name": "Old"}, {"name": "New"}])
        known = self._make_lead(tag_ids=[(6, 0, tags[0].ids)])

        self._load(
            ["A lead", "ann@ample.example", "New", "Cara", "250"],
            fields=["name", "email_from", "tag_ids", "referred", "expected_revenue"],
        )

        self.assertEqual(known.tag_ids, tags)
        self.assertEqual((known.referred, known.expected_revenue), ("Cara", 250.0))

    def test_undone_it_leaves_nothing_and_takes_back_what_was_added(self):
        known = self._make_lead(phone=False)
        leads = self._load(
            ["A lead", "Ann Ample", "", "ann@ample.example", "+1 202 555 0155"],
            ["Taps", "Bob Best", "", "bob@best.example", ""],
        )
        self._run_imports()

        self._get_job().action_undo()

        self.assertFalse(known.phone)
        self.assertEqual(leads.exists(), known)


@tagged("post_install", "-at_install")
class TestCrmLeadLoadShow(LoadCase):
    def test_a_column_names_the_show_and_the_rows_have_visits_there(self):
        known = self._make_lead()
        leads = self._load(
            ["A", "ann@ample.example", "Spring Pump Expo", "2026-03-18 20:00:00", "hot", "Rosa"],
            ["B", "bob@best.example", "Spring Pump Expo", "", "", ""],
            ["C", "cara@cole.example", "", "", "", ""],
            fields=[
                "name",
                "email_from",
                "trade_show_id",
                "captured_at",
                "booth_rating",
                "captured_by",
            ],
        )

        self.assertEqual(leads[0], known)
        visit = known.visit_ids  # 20:00 of the importer's New York is midnight UTC
        self.assertEqual(visit.trade_show_id, self.show)
        self.assertEqual(
            (str(visit.captured_at), visit.rating, visit.captured_by),
            ("2026-03-19 00:00:00", "hot", "Rosa"),
        )
        # closing of the show, 20 March 01:00 UTC, and 48 hours
        self.assertEqual(str(known.first_touch_deadline), "2026-03-22 01:00:00")
        self.assertEqual(leads[1].visit_ids.captured_at, self.show.closes_at)
        self.assertEqual(leads[1].campaign_id, self.show.campaign_id)
        self.assertFalse(leads[2].visit_ids)
        self.assertEqual(str(leads[2].first_touch_deadline), "2026-03-21 12:00:00")
        self.assertEqual(set(known.event_ids.mapped("kind")), {"scan", "rating_hot"})

    def test_the_action_s_default_show_counts_for_every_row(self):
        leads = self._load(
            ["Pumps", "Ann Ample", "", "ann@ample.example", ""],
            ["Pumps", "Bob Best", "", "bob@best.example", ""],
            default_trade_show_id=self.show.id,
        )

        self.assertEqual(leads.visit_ids.trade_show_id, self.show)
        self.assertEqual(len(leads.visit_ids), 2)

    def test_from_a_show_s_leads_the_show_is_the_default(self):
        context = self.show.action_open_leads()["context"]

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", ""], **context)

        self.assertEqual(lead.visit_ids.trade_show_id, self.show)

    def test_the_same_file_twice_adds_nothing(self):
        row = ["Pumps", "Ann Ample", "", "ann@ample.example", ""]
        first = self._load(row, default_trade_show_id=self.show.id)

        second = self._load(row, default_trade_show_id=self.show.id)

        self.assertEqual(first, second)
        self.assertEqual(len(first.visit_ids), 1)
        self.assertEqual(self._get_job().row_ids.verdict, "duplicate")

    def test_a_show_s_leads_enter_its_cadence_and_one_summary_is_posted(self):
        lead = self._load(
            ["Pumps", "Ann Ample", "", "ann@ample.example", ""],
            default_trade_show_id=self.show.id,
        )
        before = self.show.message_ids

        self._run_imports()

        self.assertEqual(lead.enrollment_id.cadence_id, self.show.cadence_id)
        self.assertEqual(len(self.show.message_ids - before), 1)
        self.assertIn("New leads: 1", (self.show.message_ids - before).body)

    def test_without_a_show_nobody_is_enrolled_unasked(self):
        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", ""])

        self._run_imports()

        self.assertFalse(lead.enrollment_ids)
        self.assertEqual(self._get_job().state, "done")
        notes = "".join(self._get_job().message_ids.mapped("body"))
        self.assertEqual(notes.count("nobody was enrolled"), 1)


@tagged("post_install", "-at_install")
class TestCrmLeadLoadOdoo(LoadCase):
    """What stays Odoo's own."""

    def test_an_external_id_updates_and_overwrites_as_ever(self):
        fields = ["id", *FIELDS]
        made = self._load(
            ["sheet.lead_1", "Pumps", "Ann Ample", "", "ann@ample.example", ""], fields=fields
        )
        other = self._make_lead(email_from="bob@best.example")

        updated = self._load(
            ["sheet.lead_1", "Taps", "Ann Ample", "", "bob@best.example", ""], fields=fields
        )

        self.assertEqual(updated, made)
        self.assertEqual((made.name, made.email_from), ("Taps", "bob@best.example"))
        self.assertEqual(other.name, "A lead")
        self.assertEqual(len(self.env["lead.import"].search([("is_from_records", "=", True)])), 1)

    def test_a_database_id_updates_as_ever(self):
        lead = self._make_lead(user_id=self.user_rep.id)

        updated = self._load(
            [str(lead.id), "Taps", "ann@ample.example"], fields=[".id", "name", "email_from"]
        )

        self.assertEqual(updated, lead)
        self.assertEqual(lead.name, "Taps")
        self.assertFalse(self._get_job())

    def test_a_new_external_id_of_a_known_person_names_the_known_lead(self):
        known = self._make_lead()

        self._load(
            ["sheet.lead_2", "Pumps", "ann@ample.example"], fields=["id", "name", "email_from"]
        )

        self.assertEqual(self.env.ref("sheet.lead_2"), known)

    def test_switched_off_each_row_is_a_lead_of_the_importer(self):
        self.env.company.lead_match_records = False
        known = self._make_lead()

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", ""])

        self.assertNotEqual(lead, known)
        self.assertEqual(lead.user_id, self.user_rep)
        self.assertFalse(self._get_job())

    def test_several_deals_of_one_person_stay_several(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        known = self._make_lead()

        leads = self._load(
            ["First", "ann@ample.example", won.name],
            ["Second", "ann@ample.example", won.name],
            fields=["name", "email_from", "stage_id"],
        )

        self.assertEqual(len(leads | known), 3)
        self.assertEqual(leads.mapped("won_status"), ["won", "won"])
        self.assertFalse(any(leads.mapped("first_touch_deadline")))

    def test_lost_rows_come_in_as_they_are(self):
        known = self._make_lead()

        lead = self._load(
            ["Old", "ann@ample.example", "0", "0"],
            fields=["name", "email_from", "active", "probability"],
        )

        self.assertNotEqual(lead, known)
        self.assertEqual((lead.won_status, lead.first_touch_deadline), ("lost", False))

    def test_two_companies_know_their_own_people(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._make_lead(company_id=other.id)

        lead = self._load(["Pumps", "Ann Ample", "", "ann@ample.example", ""])

        self.assertNotEqual(lead, foreign)
        self.assertEqual(lead.company_id, self.env.company)

    def test_a_row_for_another_company_meets_its_people(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "two_companies",
            groups="sales_team.group_sale_manager,base.group_multi_company",
            company_ids=[(6, 0, [self.env.company.id, other.id])],
        )
        mine, foreign = self._make_lead(), self._make_lead(company_id=other.id)

        leads = self._load(
            ["Pumps", "ann@ample.example", "Other"],
            ["Pumps", "ann@ample.example", ""],
            fields=["name", "email_from", "company_id"],
            leads=self.leads.with_user(user).with_context(
                allowed_company_ids=[self.env.company.id, other.id]
            ),
        )

        self.assertEqual(leads, foreign + mine)

    def test_a_bad_row_stops_all_and_leaves_nothing(self):
        known = self._make_lead(phone=False)

        result = self.leads.load(
            ["name", "email_from", "phone", "stage_id/.id"],
            [
                ["Pumps", "ann@ample.example", "+1 202 555 0155", ""],
                ["Pumps", "bob@best.example", "", "999999"],
            ],
        )

        self.assertFalse(result["ids"])
        known.invalidate_recordset()
        self.assertFalse(known.phone)
        self.assertFalse(self._get_job())

    def test_the_cost_of_matching_does_not_grow_with_the_rows(self):
        def queries_of(count, tag):
            rows = [
                [f"L{i}", f"P {tag}{i}", f"C {tag}{i}", f"p{i}@{tag}.example", ""]
                for i in range(count)
            ]
            values = [dict(zip(FIELDS, row, strict=True)) for row in rows]
            with self.subTest(count=count):
                job = self.env["lead.import"]._open_load(self.env.company, self.show.browse())
                self.env.flush_all()
                before = self.env.cr.sql_log_count
                job._note_loaded_rows(values, list(range(1, count + 1)))
                self.env.flush_all()
                return self.env.cr.sql_log_count - before

        queries_of(1, "warm")

        few, many = queries_of(20, "few"), queries_of(1000, "many")

        # the rows are inserted, and given their company, a hundred a statement: 9 more of each
        self.assertLessEqual(many, few + 18)


@tagged("post_install", "-at_install")
class TestBaseImportDialog(LoadCase):
    """The dialog itself: the file, “Test”, “Import”."""

    def _make_dialog(self, rows):
        return (
            self.env["base_import.import"]
            .with_user(self.user_rep)
            .with_context(tracking_disable=False)
            .create(
                {
                    "res_model": "crm.lead",
                    "file": to_csv(rows),
                    "file_name": "sheet.csv",
                    "file_type": "text/csv",
                }
            )
        )

    def _execute(self, dialog, dryrun):
        return dialog.execute_import(
            ["name", "email_from", "phone"], ["name", "email", "phone"], dict(OPTIONS), dryrun
        )

    ROWS = [
        ["Name", "Email", "Phone"],
        ["Pumps", "ann@ample.example", "+1 202 555 0155"],
        ["Taps", "bob@gmial.com", ""],
    ]

    def test_test_says_who_is_known_and_leaves_nothing(self):
        known = self._make_lead(phone=False)
        before = self.env["crm.lead"].search_count([]), known.message_ids

        result = self._execute(self._make_dialog(self.ROWS), dryrun=True)

        [message] = result["messages"]
        self.assertEqual(message["type"], "warning")
        self.assertIn("1 of 2 rows are people who are known already (rows 1)", message["message"])
        self.assertIn("2 (mistyped e-mail domain? gmail.com)", message["message"])
        self.env.invalidate_all()
        self.assertFalse(known.phone)
        self.assertEqual((self.env["crm.lead"].search_count([]), known.message_ids), before)
        self.assertFalse(self._get_job())

    def test_test_leaves_nothing_for_the_end_of_the_transaction(self):
        known = self._make_lead().with_context(tracking_disable=False)
        known.action_set_lost()
        self.env.cr.flush()
        messages = known.message_ids

        self._execute(self._make_dialog(self.ROWS), dryrun=True)
        self.env.cr.flush()  # as a commit does: runs what waits for it

        known.invalidate_recordset()
        self.assertEqual((known.won_status, known.rotation), ("lost", 0))
        self.assertEqual(known.message_ids, messages)

    def test_test_of_new_people_says_nothing(self):
        result = self._execute(
            self._make_dialog([self.ROWS[0], ["Pumps", "ann@ample.example", ""]]), dryrun=True
        )

        self.assertEqual(result["messages"], [])

    def test_import_returns_a_record_for_each_row_and_names_its_file(self):
        known = self._make_lead(phone=False)

        result = self._execute(self._make_dialog(self.ROWS), dryrun=False)

        self.assertEqual(result["messages"], [])
        self.assertEqual(result["ids"][0], known.id)
        self.assertEqual(len(result["ids"]), 2)
        self.assertEqual(known.phone, "+12025550155")
        self.assertEqual(self._get_job().name, "sheet.csv")
        self.assertNotIn("lead_summary", result)

    def test_the_show_can_be_mapped(self):
        tree = self.env["base_import.import"].get_fields_tree("crm.lead")

        names = {field["name"] for field in tree}
        self.assertLessEqual(
            {"trade_show_id", "captured_at", "captured_by", "booth_rating", "mobile"}, names
        )
