from odoo.tests import tagged

from .common import LeadFollowupCase, read_export

HEADINGS = ["Name", "Company", "E-mail", "Phone", "City", "Comments", "Budget", "Product interest"]


@tagged("post_install", "-at_install")
class TestLeadImportEnrich(LeadFollowupCase):
    """What a row adds to a lead we know, what it only tells, and what it leaves alone."""

    def _row(self, **cells):
        values = {"Name": "Ann Ample", "E-mail": "ann@ample.example", **cells}
        return [values.get(heading, "") for heading in HEADINGS]

    def _import_row(self, **cells):
        return self._import([HEADINGS, self._row(**cells)])

    def _visited(self, **vals):
        """Ann, who has been scanned at the show already."""
        lead = self._make_lead(**vals)
        self.env["lead.show.visit"].create(
            {
                "lead_id": lead.id,
                "trade_show_id": self.show.id,
                "captured_at": "2026-03-18 16:00:00",
            }
        )
        return lead

    def _notes(self, lead):
        notes = lead.message_ids.filtered(lambda note: "Seen again" in (note.body or ""))
        return notes.mapped("body")

    def test_note_and_differences_stand_in_one_chatter_note(self):
        lead = self._make_lead(city="Reno", phone="+1 202 555 0100")

        job = self._import(
            [
                HEADINGS,
                self._row(Phone="(202) 555-0155", City="Austin", Comments="Wants 40 pumps"),
                self._row(Comments="Call on Monday"),
            ]
        )

        [note] = self._notes(lead)
        self.assertIn("row 1", note)
        self.assertIn("Wants 40 pumps<br>Call on Monday", note)
        self.assertIn("This differs", note)
        self.assertIn("+12025550155", note)
        self.assertIn("City: Austin", note)
        self.assertEqual((lead.city, lead.phone), ("Reno", "+1 202 555 0100"))
        self.assertVerdicts(job, {1: "enriched", 2: "duplicate"})

    def test_the_same_number_and_city_otherwise_spelt_do_not_differ(self):
        lead = self._visited(city="Reno", phone="+1 202 555 0155")

        job = self._import_row(Phone="(202) 555-0155", City="RENO ")

        self.assertVerdicts(job, {1: "duplicate"})
        self.assertFalse(self._notes(lead))

    def test_a_difference_alone_is_told_and_adds_nothing(self):
        lead = self._visited(city="Reno")

        job = self._import_row(City="Austin")

        self.assertVerdicts(job, {1: "duplicate"})
        self.assertEqual(len(self._notes(lead)), 1)

    def test_a_note_nobody_knew_enriches(self):
        lead = self._visited()

        job = self._import_row(Comments="Wants 40 pumps")

        self.assertVerdicts(job, {1: "enriched"})
        self.assertEqual(lead.visit_ids.note, "Wants 40 pumps")
        self.assertIn("Wants 40 pumps", self._notes(lead)[0])

    def test_a_note_that_stands_on_the_lead_already_does_not(self):
        lead = self._visited(description="<p>wants  40 PUMPS</p>")
        lead.visit_ids.note = "Wants 40 pumps"

        job = self._import_row(Comments="Wants 40 pumps")

        self.assertVerdicts(job, {1: "duplicate"})
        self.assertFalse(self._notes(lead))

    def test_markup_in_a_note_is_text(self):
        lead = self._visited()

        self._import_row(Comments="<script>alert(1)</script>")

        self.assertIn("&lt;script&gt;", self._notes(lead)[0])

    def test_answers_and_interests_enrich(self):
        for column, cell in (("Budget", "$10k - $50k"), ("Product interest", "Pump P-200")):
            with self.subTest(column):
                lead = self._visited(email_from=f"{column[0]}@ample.example")
                job = self._import_row(**{column: cell, "E-mail": f"{column[0]}@ample.example"})

                self.assertVerdicts(job, {1: "enriched"})
                self.assertTrue(lead.qualification_ids)

    def test_an_answer_given_otherwise_is_kept_and_told(self):
        lead = self._visited()
        self.env["crm.lead"]._record_answers({lead: {"budget": "gt250k"}}, source="A call")

        job = self._import_row(Budget="$10k - $50k")

        self.assertVerdicts(job, {1: "duplicate"})
        self.assertEqual(lead.qualification_ids.answer_id.code, "gt250k")
        self.assertIn("Budget: ", self._notes(lead)[0])

    def test_an_interest_known_by_its_synonym_is_no_news(self):
        lead = self._visited()
        pump = self.env["lead.interest"].create({"name": "P-200", "synonyms": "Pump P-200"})
        lead.interest_ids = pump
        self.env["crm.lead"]._record_answers({lead: {"need": "some"}}, source="A call")

        job = self._import_row(**{"Product interest": "pump p-200"})

        self.assertVerdicts(job, {1: "duplicate"})

    def test_a_further_file_of_the_show_completes_the_visit(self):
        rows = [["Name", "E-mail", "Lead Rating", "Comments"]]
        rows += [["Ann Ample", "ann@ample.example", "Hot", "Met the boss"]]
        lead = self._visited()
        lead.visit_ids.note = "Wants 40 pumps"

        job = self._import(rows)

        self.assertVerdicts(job, {1: "enriched"})
        self.assertEqual(
            (lead.visit_ids.rating, lead.visit_ids.note), ("hot", "Wants 40 pumps\nMet the boss")
        )
        self.assertIn("rating_hot", lead.event_ids.mapped("kind"))

    def test_a_rating_given_already_is_kept_and_told(self):
        lead = self._visited()
        lead.visit_ids.rating = "cold"

        job = self._import(
            [["Name", "E-mail", "Lead Rating"], ["Ann Ample", "ann@ample.example", "Hot"]]
        )

        self.assertVerdicts(job, {1: "duplicate"})
        self.assertEqual(lead.visit_ids.rating, "cold")
        self.assertIn("Hot", self._notes(lead)[0])

    def test_the_same_file_twice_adds_and_tells_nothing_the_second_time(self):
        lead = self._make_lead(city="Reno", phone=False)
        cells = {
            "Phone": "(202) 555-0155",
            "City": "Austin",
            "Comments": "Wants 40 pumps",
            "Budget": "$10k - $50k",
            "Product interest": "Pump P-200",
        }
        first = self._import_row(**cells)
        counted = len(lead.message_ids), len(lead.event_ids), len(lead.visit_ids)

        second = self._import_row(**cells)

        self.assertVerdicts(first, {1: "enriched"})
        self.assertVerdicts(second, {1: "duplicate"})
        after = len(lead.message_ids), len(lead.event_ids), len(lead.visit_ids)
        self.assertEqual(after, counted)

    def test_a_second_file_tells_only_what_is_new_in_it(self):
        lead = self._make_lead(city="Reno")
        self._import_row(City="Austin", Comments="Wants 40 pumps")

        job = self._import_row(City="Austin", Comments="Wants 40 pumps\nCall on Monday")

        self.assertVerdicts(job, {1: "enriched"})
        newest = self._notes(lead)[0]
        self.assertIn("Call on Monday", newest)
        self.assertNotIn("40 pumps", newest)
        self.assertNotIn("Austin", newest)

    def test_a_further_answer_is_told_its_paperwork_alone_is_not(self):
        headings = ["Name", "E-mail", "Lead Source", "Forklift licence?"]
        lead, other = self._visited(), self._visited(email_from="bob@best.example")
        other.contact_name = "Bob Best"

        job = self._import(
            [
                headings,
                ["Ann Ample", "ann@ample.example", "Badge 7", "yes, two"],
                ["Bob Best", "bob@best.example", "Badge 8", ""],
            ]
        )

        self.assertVerdicts(job, {1: "enriched", 2: "duplicate"})
        self.assertIn("Forklift licence?: yes, two", self._notes(lead)[0])
        self.assertFalse(self._notes(other))

    def test_a_dated_visit_without_a_show_enriches_once(self):
        lead = self._make_lead()
        rows = [["Name", "E-mail", "Scan Time"], ["Ann Ample", "ann@ample.example", "03/18/2026"]]

        first = self._import(rows, trade_show_id=False)
        second = self._import(rows, trade_show_id=False)

        self.assertVerdicts(first, {1: "enriched"})
        self.assertVerdicts(second, {1: "duplicate"})
        self.assertEqual(len(lead.visit_ids), 1)

    def test_a_scanner_whose_clock_is_ahead_makes_one_visit_however_late_it_comes_again(self):
        lead = self._make_lead()
        rows = [["Name", "E-mail", "Scan Time"], ["Ann Ample", "ann@ample.example", "03/18/2031"]]
        first = self._import(rows, trade_show_id=False)
        lead.visit_ids.captured_at = "2026-03-20 11:00:00"  # as if it had come an hour earlier

        second = self._import(rows, trade_show_id=False)
        rows[1][2] = "03/17/2026"  # another day is another visit
        third = self._import(rows, trade_show_id=False)

        self.assertVerdicts(first, {1: "enriched"})
        self.assertVerdicts(second, {1: "duplicate"})
        self.assertVerdicts(third, {1: "enriched"})
        self.assertEqual(len(lead.visit_ids), 2)

    def test_a_further_file_does_not_begin_a_cadence_again(self):
        self._import_row()
        lead = self.env["crm.lead"].search([("email_normalized", "=", "ann@ample.example")])
        lead.enrollment_id._stop("replied")

        self._import_row(Phone="(202) 555-0155")
        self.assertEqual(len(lead.enrollment_ids), 1)

        autumn = self._make_show(name="Autumn Fair")
        self._import([HEADINGS, self._row()], trade_show_id=autumn.id)
        self.assertEqual(len(lead.enrollment_ids), 2)  # a new visit does

    def test_the_samples_add_nothing_the_second_time(self):
        name = "leadcapture_us.csv"
        first = self._import(read_export(name), name, tz="America/Los_Angeles")
        messages = len(first.lead_ids.message_ids)

        second = self._import(read_export(name), name, tz="America/Los_Angeles")

        self.assertCounts(second, 52, 0, 0, 50, 2)
        self.assertEqual(len(first.lead_ids.message_ids), messages)

    def test_the_cost_of_a_chunk_of_known_leads_does_not_grow(self):
        def count_queries(size, tag):
            people = [
                [f"Person {tag}{n}", "", f"{tag}{n}@ample.example", "", "", "", "", ""]
                for n in range(size)
            ]
            self._import([HEADINGS, *people], trade_show_id=self._make_show(name=tag).id)
            for n, person in enumerate(people):
                person[1:2] = ["Ample Inc"]
                person[3:8] = [f"(202) 555-01{n % 100:02d}", f"City {n}", f"Wants {n} pumps"] + [
                    "$10k - $50k",
                    "Pump P-200",
                ]
            job = self._preview([HEADINGS, *people])
            rows = self.env["lead.import.row"].browse(job.row_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows._match_known_leads()
            rows._write_leads()._update_scores()
            rows._keep_state_after()
            self.env.flush_all()
            cost = self.env.cr.sql_log_count - before
            self.assertEqual(set(job.row_ids.mapped("verdict")), {"enriched"})
            return cost

        count_queries(5, "warmup")
        few, many = count_queries(50, "few"), count_queries(200, "many")

        # create() splits long INSERTs, and each hundred of written rows is a statement of its own
        self.assertLessEqual(many, few + 25)
