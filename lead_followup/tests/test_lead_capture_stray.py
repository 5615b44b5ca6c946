from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase

ANN = {"key": "ann", "name": "Ann Ample", "email": "ann@ample.example"}
BOB = {"key": "bob", "name": "Bob Best", "email": "bob@best.example"}


@tagged("post_install", "-at_install")
class TestLeadCaptureStray(CaptureCase):
    """What strays into a record does no harm, and stops nobody else's."""

    def test_a_password_is_not_kept(self):
        self._capture({**ANN, "code": "WIFI:T:WPA;S:booth;P:secret;;"})
        self._capture({**BOB, "code": "mailto:b.best@best.example"})

        self.assertNotIn("secret", str(self._get_row("ann").read()))
        self.assertIn("mailto:b.best@best.example", self._get_row("bob").cells)

    def test_half_a_character_stops_no_other(self):
        odd, fine = self._capture({**ANN, "note": "so nice \ud83d"}, BOB)

        self.assertEqual((odd["verdict"], fine["verdict"]), ("new", "new"))
        self.assertEqual(self._get_row("ann").values["note"], "so nice ?")

    def test_a_clock_without_a_date_is_not_believed(self):
        now = fields.Datetime.now()
        self._capture({**ANN, "captured_at": "1970-01-01 00:00:07"})
        self._capture({**BOB, "captured_at": str(now - timedelta(days=29))})

        ann, bob = self._get_row("ann").lead_id, self._get_row("bob").lead_id
        self.assertEqual((ann.captured_at, bob.captured_at), (now, now - timedelta(days=29)))

    def test_another_name_is_a_fact(self):
        lead = self._captured(**ANN, captured_by="Dana")

        self.assertEqual(lead.captured_by, self.user_marketing.name)
        self.assertIn("Dana", lead.description)

    def test_who_is_asked_for_by_a_word_is_nobody(self):
        told = self.env["lead.booth"].find_known_many(self.show.id, ["x"])
        self.assertFalse(told[0]["known"])

    def test_the_company_s_language_is_written(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.show.company_id.partner_id.lang = "fr_FR"
        langs = []
        rows = type(self.env["lead.import.row"])
        prepare = rows._prepare_lead_vals

        def note_lang(row, values):
            langs.append(row.env.lang)
            return prepare(row, values)

        with patch.object(rows, "_prepare_lead_vals", note_lang):
            self._capture(ANN)
        self.assertEqual(langs, ["fr_FR"])

    def test_an_undo_before_the_run_is_told_to_wait(self):
        self._capture(ANN)
        with self.assertRaisesRegex(UserError, "is being followed up"):
            self._get_day().action_undo()
        self._run_imports()
        self._get_day().action_undo()
        self.assertEqual(self._get_day().state, "undone")

    def test_one_that_cannot_be_offered_holds_back_no_other(self):
        bad = self._captured(**ANN)
        good = self._captured(**BOB)
        leads, offered = type(self.env["crm.lead"]), []

        def offer(records):
            if bad in records:
                raise ValueError("bad data")
            offered.append(records)

        with (
            patch.object(leads, "_offer_qualified", offer),
            mute_logger("odoo.addons.lead_followup.models.lead_import_today"),
        ):
            self._run_imports()

        self.assertEqual(offered, [good])
        self.assertEqual(self._get_day().state, "done")
        self.assertFalse(self._get_row("bob").follow_up or self._get_row("ann").follow_up)
