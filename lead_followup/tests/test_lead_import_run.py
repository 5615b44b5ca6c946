import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase, read_export, to_csv

HEADINGS = ["Name", "Company", "E-mail"]
PEOPLE = [[f"Person {n}", "Ample Inc", f"person{n}@ample.example"] for n in range(1, 8)]


@tagged("post_install", "-at_install")
class TestLeadImportRun(LeadFollowupCase):
    def test_the_same_file_twice_adds_nothing(self):
        first = self._import(read_export("booth_sheet.xlsx"), "booth_sheet.xlsx")
        leads, visits = first.lead_ids, first.lead_ids.visit_ids

        second = self._import(read_export("booth_sheet.xlsx"), "booth_sheet.xlsx")

        self.assertCounts(second, 27, 0, 0, 26, 1)
        self.assertFalse(second.lead_ids)
        self.assertEqual(first.lead_ids, leads)
        self.assertEqual(leads.visit_ids, visits)
        self.assertEqual(len(leads.enrollment_ids), len(leads))

    def test_two_overlapping_files_double_nobody(self):
        self._import([HEADINGS, *PEOPLE[:4]])

        second = self._import([HEADINGS, *PEOPLE[2:]])

        self.assertCounts(second, 5, 3, 0, 2, 0)
        self.assertEqual(self.show.lead_count, 7)

    @mute_logger("odoo.addons.lead_followup.models.lead_import_run")
    def test_a_run_that_breaks_says_so_and_can_go_on(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        model = type(self.env["lead.import.row"])
        write_leads = model._write_leads

        def broken_at_person_5(rows):
            if 5 in rows.mapped("number"):
                raise ValueError("a template that fails")
            return write_leads(rows)

        with (
            patch.object(type(self.env["lead.import"]), "_CHUNK", 2),
            patch.object(model, "_write_leads", broken_at_person_5),
        ):
            self._run_imports()

        self.assertEqual(job.state, "failed")
        self.assertIn("broke off after 4 of 7 rows", job.message)
        self.assertEqual(len(job.lead_ids), 4)

        job.action_import()
        self._run_imports()

        self.assertEqual((job.state, job.message), ("done", False))
        self.assertEqual(len(job.lead_ids), 7)
        self.assertEqual(len(job.lead_ids.enrollment_ids), 7)

    def test_a_paused_run_waits_and_goes_on(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()
        job.action_pause()

        self._run_imports()
        self.assertEqual((job.state, len(job.lead_ids)), ("paused", 0))

        job.action_import()
        self._run_imports()
        self.assertEqual((job.state, len(job.lead_ids)), ("done", 7))

    def test_a_run_paused_while_leads_enter_the_cadence_stays_paused(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()
        cadence = type(self.env["lead.cadence"])
        enroll = cadence._enroll

        def pause_meanwhile(self_cadence, leads):
            job.action_pause()
            self.env.flush_all()
            return enroll(self_cadence, leads)

        with (
            patch.object(type(self.env["lead.import"]), "_CHUNK", 3),
            patch.object(cadence, "_enroll", pause_meanwhile),
        ):
            self._run_imports()
        self.assertEqual((job.state, len(job.lead_ids.enrollment_ids)), ("paused", 3))

        job.action_import()
        self._run_imports()

        self.assertEqual((job.state, len(job.lead_ids.enrollment_ids)), ("done", 7))

    def _stop_after_two(self, job, stop):
        """Run ``job`` by twos; between the first chunk and the second somebody does ``stop``."""
        model = type(self.env["lead.import"])
        send, stopped = model._send_progress, []

        def stop_meanwhile(jobs):
            send(jobs)
            if jobs.ids == job.ids and not stopped and jobs.done_count == 2:
                stopped.append(True)
                jobs.action_pause()
                getattr(jobs, stop)()
                jobs.env.flush_all()

        with (
            patch.object(model, "_CHUNK", 2),
            patch.object(model, "_send_progress", stop_meanwhile),
        ):
            self._run_imports()
        self.assertTrue(stopped)
        self.env.invalidate_all()

    def test_a_run_undone_between_two_chunks_imports_nothing_more(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        self._stop_after_two(job, "action_undo")

        self.assertEqual((job.state, len(job.lead_ids)), ("undone", 0))

    def test_a_run_deleted_between_two_chunks_ends(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        self._stop_after_two(job, "unlink")

        self.assertFalse(job.exists())
        self.assertEqual(self.show.lead_count, 2)

    def test_a_run_resumed_between_two_chunks_goes_on_at_the_next_run(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        self._stop_after_two(job, "action_import")
        self._run_imports()

        self.assertEqual((job.state, len(job.lead_ids)), ("done", 7))

    def test_each_chunk_is_told_to_whoever_watches(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()
        sent = []

        def take_down(_bus, target, kind, message):
            sent.append((target, kind, message["phase"], message["state"], message["done"]))

        with (
            patch.object(type(self.env["lead.import"]), "_CHUNK", 3),
            patch.object(type(self.env["bus.bus"]), "_sendone", take_down),
        ):
            self._run_imports()

        kind = "lead_import.progress"
        progress = [line[2:] for line in sent if line[:2] == (job, kind)]
        # the start, three chunks of rows, their end, the offers, three chunks of enrollments, done
        self.assertEqual(
            progress,
            [
                ("rows", "running", 0),
                ("rows", "running", 3),
                ("rows", "running", 6),
                ("rows", "running", 7),
                ("offer", "running", 7),
                ("enroll", "running", 0),
                ("enroll", "running", 3),
                ("enroll", "running", 6),
                ("enroll", "running", 7),
                ("enroll", "done", 7),
            ],
        )

    def test_no_chunk_writes_the_import_itself(self):
        """A chunk that did would make whoever presses Pause meanwhile wait, and then fail."""
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()
        written = []
        model, write = type(self.env["lead.import"]), type(self.env["lead.import"]).write

        def take_down(jobs, vals):
            written.append(vals)
            return write(jobs, vals)

        with patch.object(model, "_CHUNK", 2), patch.object(model, "write", take_down):
            self._run_imports()

        self.assertEqual(written[0], {"state": "running"})
        self.assertEqual(written[1:3], [{"phase": "offer"}, {"phase": "enroll"}])
        # and the counts, before it is done, and the one summary after it
        self.assertEqual(written[4], {"state": "done"})
        self.assertEqual([list(vals) for vals in written[5:]], [["summary_message_id"]])

    def test_only_who_may_read_an_import_can_follow_it(self):
        job = self._preview([HEADINGS, *PEOPLE])
        socket = self.env["ir.websocket"]
        wanted = [f"lead.import_{job.id}", "lead.import_x", "else"]

        seen = socket.with_user(self.user_marketing)._take_imports(wanted)
        unseen = socket.with_user(self.user_rep)._take_imports(wanted)

        self.assertEqual(seen, ["lead.import_x", "else", job])
        self.assertEqual(unseen, ["lead.import_x", "else"])

    def test_undo_takes_everything_back(self):
        known = self._make_lead(phone=False)
        rows = [
            [*HEADINGS, "Phone"],
            ["Ann Ample", "Ample Inc", "ann@ample.example", "(202) 555-0155"],
            ["Bob Best", "Best Ltd", "bob@best.example", ""],
        ]
        job = self._import(rows)
        new = job.lead_ids
        mails = new.touch_ids.mail_id
        self.assertTrue(mails)

        job.action_undo()

        self.assertEqual(job.state, "undone")
        self.assertFalse(new.exists())
        self.assertTrue(known.exists())
        self.assertFalse(known.phone)
        self.assertFalse(known.visit_ids)
        self.assertFalse(mails.exists().filtered(lambda mail: mail.state == "outgoing"))

    def test_undo_takes_a_known_lead_out_of_the_cadence_and_its_points_back(self):
        known = self._make_lead()
        rows = [["Name", "E-mail", "Lead Rating", "Product interest"]]
        rows += [["Ann Ample", "ann@ample.example", "Hot", "Pump P-200"]]
        before = known.score_total
        job = self._import(rows)
        self.assertTrue(known.enrollment_id and known.interest_ids)
        self.assertGreater(known.score_total, before)

        job.action_undo()

        known.invalidate_recordset()
        self.assertFalse(known.enrollment_id or known.interest_ids or known.visit_ids)
        self.assertEqual(known.score_total, before)

    def test_undo_gives_back_what_an_import_can_fill_and_nothing_else(self):
        known = self._make_lead(phone=False, user_id=self.user_rep.id)
        job = self._import(
            [["Name", "E-mail", "Phone"], ["Ann Ample", "ann@ample.example", "(202) 555-0155"]]
        )
        row = job.row_ids
        self.assertTrue(known.phone)
        values = {
            **row.undo_values["values"],
            "user_id": [self.user_marketing.id, self.user_rep.id],
            "nonsense": [1, 2],
        }
        row.undo_values = {**row.undo_values, "values": values}

        job.action_undo()

        self.assertFalse(known.phone)
        self.assertEqual(known.user_id, self.user_rep)

    def test_what_was_changed_after_the_preview_is_judged_anew(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.file = base64.b64encode(to_csv([HEADINGS, *PEOPLE[:2]]))

        job.action_import()
        self._run_imports()

        self.assertCounts(job, 2, 2, 0, 0, 0)

    def test_a_show_without_cadence_mails_nobody(self):
        self.show.cadence_id = False

        job = self._import([HEADINGS, *PEOPLE])

        self.assertEqual(job.state, "done")
        self.assertFalse(job.lead_ids.enrollment_ids)

    def test_a_running_import_cannot_be_deleted(self):
        job = self._preview([HEADINGS, *PEOPLE])
        job.action_import()

        with self.assertRaisesRegex(UserError, "Pause it first"):
            job.unlink()

    def test_queries_do_not_grow_with_the_rows(self):
        def people(count, tag):
            return [
                [*HEADINGS, "Product interest", "Budget"],
                *(
                    [
                        f"Name {tag}{n}",
                        "Ample Inc",
                        f"{tag}{n}@ample.example",
                        ["Pump P-200", "Valve V-40", ""][n % 3],
                        "$10k - $50k",
                    ]
                    for n in range(count)
                ),
            ]

        def count_queries(size, tag):
            job = self._preview(people(size, tag))
            rows = self.env["lead.import.row"].browse(job.row_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows._write_leads()._update_scores()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries(5, "warmup")
        few, many = count_queries(20, "few"), count_queries(200, "many")

        # create() itself splits long INSERTs and fetches in prefetch groups: a little room
        self.assertLessEqual(many, few + 15)
