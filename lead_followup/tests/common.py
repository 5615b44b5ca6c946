"""A small company that exhibits: a marketing manager, a rep, a show that closed yesterday."""

import base64
import csv
import io
import json
from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase

EXPORTS = Path(__file__).parent / "data"

# A Friday; the show closed on Thursday 19 March 2026 at 18:00 in Los Angeles, that is 01:00 UTC.
NOW = "2026-03-20 12:00:00"


class LeadFollowupCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.country_us = cls.env.ref("base.us")
        cls.user_marketing = cls._make_user("mara", "sales_team.group_sale_manager")
        cls.user_rep = cls._make_user("rosa", "sales_team.group_sale_salesman")
        cls.show = cls._make_show()

    @classmethod
    def _make_user(cls, login, group, tz="America/New_York"):
        groups = [cls.env.ref("base.group_user").id, cls.env.ref(group).id]
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": login.title(),
                    "login": f"{login}_followup",
                    "email": f"{login}@seller.example.com",
                    "tz": tz,
                    "group_ids": [(6, 0, groups)],
                }
            )
        )

    @classmethod
    def _make_show(cls, **vals):
        return cls.env["lead.trade.show"].create(
            {
                "name": "Spring Pump Expo",
                "date_begin": "2026-03-17",
                "date_end": "2026-03-19",
                "country_id": cls.country_us.id,
                "tz": "America/Los_Angeles",
                "user_id": cls.user_marketing.id,
                **vals,
            }
        )

    def _make_lead(self, **vals):
        return self.env["crm.lead"].create(
            {
                "name": "A lead",
                "contact_name": "Ann Ample",
                "email_from": "ann@ample.example",
                "country_id": self.country_us.id,
                "state_id": self.env.ref("base.state_us_5").id,
                "user_id": False,
                "type": "lead",
                **vals,
            }
        )

    def _import(self, content, file_name="leads.csv", **vals):
        """Preview and run an import of ``content`` (bytes, or rows of text); return the job."""
        job = self._preview(content, file_name, **vals)
        job.action_import()
        self._run_imports()
        return job

    def _preview(self, content, file_name="leads.csv", **vals):
        if not isinstance(content, bytes):
            content = to_csv(content)
        job = self.env["lead.import"].create(
            {
                "trade_show_id": self.show.id,
                "file": base64.b64encode(content),
                "file_name": file_name,
                "date_order": "MDY",
                **vals,
            }
        )
        job.action_preview()
        return job

    def _run_imports(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_run_imports").method_direct_trigger()

    def _run_cadences(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_run_cadences").method_direct_trigger()

    def assertVerdicts(self, job, expected):
        """``expected``: {row number: verdict or (verdict, reason)}."""
        found = {}
        for row in job.row_ids:
            want = expected.get(row.number)
            found[row.number] = (
                (row.verdict, row.reason) if isinstance(want, tuple) else row.verdict
            )
        self.assertEqual(found, expected)

    def assertCounts(self, job, rows, new, enriched, duplicate, rejected):
        self.assertEqual(
            [
                job.row_count,
                job.new_count,
                job.enriched_count,
                job.duplicate_count,
                job.rejected_count,
            ],
            [rows, new, enriched, duplicate, rejected],
        )

    def assertPlanned(self, lead, channel, moment):
        """The next touch of ``lead`` is on ``channel`` at ``moment`` (text, UTC)."""
        self.assertEqual(
            (lead.next_channel, fields.Datetime.to_string(lead.next_touch_at)), (channel, moment)
        )


def to_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read_export(name):
    return (EXPORTS / name).read_bytes()


def read_expectation(name):
    return json.loads((EXPORTS / f"{name}.expect.json").read_text())
