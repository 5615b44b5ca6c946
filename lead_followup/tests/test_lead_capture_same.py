from odoo.tests import tagged

from ..tools import intake
from .capture_common import CaptureCase
from .common import read_export

# What must differ: which record it is, and by which import it came. When it was written is the
# database's own clock, which the test does not freeze.
_DIFFERS = {
    "id",
    "import_id",
    "enrollment_id",
    "create_date",
    "write_date",
    "date_last_stage_update",
}
_SHOWN = {
    "qualification_ids": ("qualifier_id", "answer_id", "answered_at", "user_id"),
    "visit_ids": (
        "trade_show_id",
        "captured_at",
        "captured_by",
        "rating",
        "note",
        "first_touch_deadline",
        "clock_started_at",
        "is_new_lead",
    ),
    "event_ids": ("kind", "occurred_at", "note"),
    "enrollment_ids": ("cadence_id", "state"),
    "touch_ids": ("step_id", "channel", "state", "planned_at", "user_id"),
    "interest_ids": ("name",),
    "message_ids": ("message_type", "subject", "author_id"),
}


class _Undone(Exception):
    pass


@tagged("post_install", "-at_install")
class TestLeadCaptureSame(CaptureCase):
    """The same people by a file and at the booth are the same leads, field by field."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        # the test freezes one of the two clocks by which a lead is older than the installation
        self.env.companies.lead_offer_start_at = False

    def _describe(self, lead):
        """Return ``{field: value}`` of all that is stored of ``lead``, in plain values."""
        told = {"scores": [lead.score_fit, lead.score_engagement, lead.score_breakdown]}
        for name, field in lead._fields.items():
            if name in _SHOWN:
                lines = lead[name].read(_SHOWN[name], load=None)
                for line in lines:
                    if line.get("kind") == "consent":  # it says by which door, and must
                        self.assertTrue(line["note"])
                        line["note"] = False
                told[name] = sorted(str({key: line[key] for key in _SHOWN[name]}) for line in lines)
            elif field.store and name not in _DIFFERS:
                value = lead[name]
                if field.type in ("one2many", "many2many"):
                    told[name] = len(value)
                elif field.type == "properties":
                    told[name] = dict(value)
                else:
                    told[name] = str(value)
        return told

    def _taken_back(self, bring):
        """Return what the leads that ``bring`` makes come to; nothing of them stays."""
        told = None
        try:
            with self.env.cr.savepoint():
                leads = bring()
                self._run_imports()
                self.env.invalidate_all()
                told = [self._describe(lead) for lead in leads.sorted("id")]
                raise _Undone
        except _Undone:
            self.env.invalidate_all()
        return told

    def _to_records(self, job):
        """Return the rows of a previewed import as a phone would send them."""
        records = []
        columns = job.column_ids.sorted("position")
        for row in job.row_ids.sorted("number"):
            record = {"key": f"row {row.number}", "further": {}}
            for column, cell in zip(columns, row.cells, strict=False):
                if not column.target:
                    record["further"][column.heading] = cell
                elif column.target in ("interest", "note", "consent") and record.get(column.target):
                    record[column.target] += f"\n{cell}"
                else:
                    record.setdefault(column.target, cell)
            record["scanned_at"] = row.values["scanned_at"]
            record.pop("scanned_time", None)
            records.append(record)
        return records

    def assertSameAsFile(self, file_name, **options):
        """Compare all leads of a file, field by field."""
        job = self._preview(read_export(file_name), file_name, **options)
        job.default_country_id = self.show.country_id
        records = self._to_records(job)

        def import_file():
            job.action_import()
            self._run_imports()
            return job.lead_ids

        def capture():
            # as the booth does, but for its staff's name: the file has named who scanned
            self.env["lead.import"]._capture(records, "booth", self.show)
            return self._get_day().lead_ids

        by_file, at_booth = self._taken_back(import_file), self._taken_back(capture)

        self.assertEqual(len(at_booth), len(by_file))
        self.assertTrue(by_file)
        # what could not be read stands below the file's own heading, or the booth's
        for lead in by_file:
            for column in job.column_ids.filtered("target"):
                label = intake.FIELDS[column.target]
                lead["description"] = lead["description"].replace(
                    f"<p>{column.heading}: ", f"<p>{label}: "
                )
        for mine, theirs in zip(by_file, at_booth, strict=True):
            with self.subTest(lead=mine["name"]):
                differs = {
                    name: (mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]
                }
                self.assertEqual(differs, {})

    def test_badge_scanner(self):
        self.assertSameAsFile("leadcapture_us.csv", tz="America/Los_Angeles")

    def test_typed_sheet_with_a_formula(self):
        self.assertSameAsFile("booth_sheet.xlsx", tz="America/Los_Angeles")
