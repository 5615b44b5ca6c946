from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.lead_followup.models import lead_import_note_rows

from .common import LeadFollowupCase

HEADINGS = ["Name", "Company", "E-mail", "Phone"]
PEOPLE = [[f"Person {n}", "Ample Inc", f"person{n}@ample.example", ""] for n in range(1, 4)]


@tagged("post_install", "-at_install")
class TestLeadImportLong(LeadFollowupCase, CronMixinCase):
    """What a long file does otherwise than a short one, with the same result."""

    def _import_beyond(self, rows):
        with patch.object(type(self.env["lead.import"]), "_QUEUE_AT_ONCE", rows):
            return self._import([HEADINGS, *PEOPLE])

    def test_first_contacts_of_a_long_import_have_their_moment_and_are_queued_after_it(self):
        job = self._import_beyond(2)

        touches = job.lead_ids.touch_ids
        self.assertEqual(touches.mapped("state"), ["planned"] * 3)
        self.assertTrue(all(touches.mapped("planned_at")))
        self.assertTrue(all(job.lead_ids.mapped("next_touch_at")))
        self.assertFalse(touches.mail_id)

        self._run_cadences()

        self.assertEqual(touches.mapped("state"), ["queued"] * 3)
        self.assertEqual(len(touches.mail_id), 3)

    def test_first_contacts_of_a_short_import_are_queued_with_it(self):
        job = self._import_beyond(3)

        self.assertEqual(job.lead_ids.touch_ids.mapped("state"), ["queued"] * 3)

    def test_a_long_import_wakes_the_scheduler(self):
        with self.capture_triggers("lead_followup.ir_cron_run_cadences") as capture:
            self._import_beyond(2)

        self.assertTrue(capture.records)

    def test_rows_matched_apart_are_still_the_same_lead(self):
        lead = self._make_lead(email_from="ann@ample.example", phone="+1 202 555 0155")
        rows = [
            ["Ann Ample", "Ample Inc", "ann@ample.example", ""],
            ["Bob Best", "Best Ltd", "bob@best.example", ""],
            ["Ann Ample", "", "", "(202) 555-0155"],
        ]

        with patch.object(lead_import_note_rows, "_BATCH", 1):
            job = self._preview([HEADINGS, *rows])

        found = job.row_ids.sorted("number")
        self.assertEqual(found.mapped("verdict"), ["enriched", "new", "duplicate"])
        self.assertEqual(found[0].lead_id, lead)
        self.assertEqual(found[2].match_number, 1)
