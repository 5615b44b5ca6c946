from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase

ANN = {"key": "ann", "name": "Ann Ample", "email": "ann@ample.example"}
BOB = {"key": "bob", "name": "Bob Best", "email": "bob@best.example"}


@tagged("post_install", "-at_install")
class TestLeadCaptureRace(CaptureCase):
    """What a transaction that began earlier cannot see makes it begin anew, never a second lead."""

    def setUp(self):
        super().setUp()
        self._capture(ANN)
        self.leads = self.env["crm.lead"].search([])

    def _blind(self, model):
        """Have searches of ``model`` find nothing, as in a transaction that began earlier."""
        return patch.object(
            type(self.env[model]), "search", lambda records, *args, **kwargs: records.browse()
        )

    def assertBeginsAnew(self, *records):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
            self.env.cr.savepoint(),
        ):
            self._capture(*records)

    def test_a_key_that_was_taken_meanwhile(self):
        with self._blind("lead.import.row"):
            self.assertBeginsAnew(ANN)

    def test_a_record_noted_meanwhile_takes_no_number_of_others(self):
        with self._blind("lead.import.row"):
            self._capture(BOB)

        ann, bob = self._get_row("ann"), self._get_row("bob")
        self.assertLess(ann.number, bob.number)

    def test_a_day_s_import_that_was_made_meanwhile(self):
        with self._blind("lead.import"):
            self.assertBeginsAnew(BOB)

        self.assertEqual(len(self._get_day()), 1)

    def test_an_undo_that_does_not_see_the_last_record_begins_anew(self):
        self._run_imports()
        job = self._get_day()
        last = self._get_row("ann").number

        with self._last_number(job, last + 1), self.assertRaises(ConcurrencyError):
            job.action_undo()
        self.assertEqual(job.state, "done")

        with self._last_number(job, last):
            job.action_undo()
        self.assertEqual(job.state, "undone")

    def _last_number(self, job, number):
        """Have another transaction see this as the last number by now."""
        return patch.object(type(job), "_read_last_number", lambda _job: number)
