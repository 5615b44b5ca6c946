from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import read_export


@tagged("post_install", "-at_install")
class TestLeadImportTour(HttpCase):
    """The import as a marketing manager does it, in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        yesterday = fields.Date.today() - timedelta(days=1)
        cls.env.ref("base.user_admin").email = "admin@seller.example.com"
        cls.show = cls.env["lead.trade.show"].create(
            {
                "name": "Tour Expo",
                "date_begin": yesterday - timedelta(days=2),
                "date_end": yesterday,
                "country_id": cls.env.ref("base.us").id,
                "tz": "America/Los_Angeles",
                "user_id": cls.env.ref("base.user_admin").id,
            }
        )
        sample = cls.env["ir.attachment"].create(
            {"name": "leadcapture_us.csv", "raw": read_export("leadcapture_us.csv")}
        )
        cls.env["ir.model.data"].create(
            {
                "module": "lead_followup",
                "name": "tour_sample_file",
                "model": "ir.attachment",
                "res_id": sample.id,
            }
        )

    def test_import_a_file_correct_a_column_run_and_undo(self):
        self.start_tour(
            f"/odoo/trade-shows/{self.show.id}", "lead_followup_import", login="admin", timeout=180
        )

        job = self.show.import_ids
        self.assertEqual((job.state, len(job.lead_ids)), ("done", 47))
        column = job.column_ids.filtered(lambda column: column.heading == "Device Name")
        self.assertEqual((column.target, column.origin), ("external_id", "person"))
        planned = job.lead_ids.touch_ids.filtered("planned_at")
        self.assertEqual(len(planned.filtered(lambda touch: touch.channel == "email")), 29)
        self.assertEqual(len(planned), sum(line[3] for line in job.forecast["plan"]))
        notes = self.show.message_ids.filtered(lambda note: "is imported" in (note.body or ""))
        self.assertEqual(len(notes), 1)
        leads = job.lead_ids

        self.start_tour(
            f"/odoo/lead-imports/{job.id}", "lead_followup_import_undo", login="admin", timeout=60
        )

        self.assertEqual(job.state, "undone")
        self.assertFalse(leads.exists())
        self.assertEqual(self.show.lead_count, 0)
