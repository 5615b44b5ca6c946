from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..models import crm_lead


@tagged("post_install", "-at_install")
class TestPageViewsMark(TransactionCase):
    """Whoever is out of time goes on from what is done, and takes nothing twice."""

    def setUp(self):
        super().setUp()
        self.lead = self.env["crm.lead"].create({"name": "A lead", "type": "lead"})
        visitor = self.env["website.visitor"].create(
            {"access_token": "a" * 32, "lead_ids": [(6, 0, self.lead.ids)]}
        )
        self.visit = {"visitor_id": visitor.id}
        self.now = fields.Datetime.now().replace(microsecond=0)
        self._mark(self.now - timedelta(days=2))

    def _mark(self, moment):
        self.env["ir.config_parameter"].set_param(crm_lead.NOTED_UNTIL, moment)

    def _view(self, name, hours_ago):
        """Let a page be looked at so long ago; views are noted in any order."""
        moment = self.now - timedelta(hours=hours_ago)
        vals = {**self.visit, "url": f"https://pumps.example/{name}", "visit_datetime": moment}
        return self.env["website.track"].create(vals)

    def _run(self, time_left=0.0):
        """Run with batches of two; return how many views each took."""
        leads, taken = type(self.lead), []
        real = leads._note_page_views

        def note(records, tracks):
            taken.append(len(tracks))
            return real(records, tracks)

        left = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=time_left)
        batch = patch.object(crm_lead, "_BATCH", 2)
        with left, batch, patch.object(leads, "_note_page_views", note):
            self.env["crm.lead"]._cron_note_page_views()
        return taken

    def _notes(self):
        events = self.lead.event_ids.filtered(lambda event: event.kind == "page_view")
        return sorted(events.mapped("note"))

    def test_out_of_time_the_next_run_goes_on_from_what_is_done(self):
        for name, hours in (("d", 10), ("a", 40), ("c", 20), ("b", 30), ("e", 5)):
            self._view(name, hours)

        self.assertEqual(self._run(), [2])
        self.assertEqual(self._notes(), ["/a", "/b"])
        self._run()
        self.assertEqual(self._notes(), ["/a", "/b", "/c"])
        self._run()
        self.assertEqual(self._notes(), ["/a", "/b", "/c", "/d"])
        self.assertEqual(self._run(time_left=60), [2])
        self.assertEqual(self._notes(), ["/a", "/b", "/c", "/d", "/e"])

    def test_views_of_one_moment_are_all_taken_whatever_batch_they_fall_in(self):
        for name in "abc":
            self._view(name, 20)

        self._run()
        self.assertEqual(self._notes(), ["/a", "/b"])
        self.assertEqual(self._run(time_left=60), [2, 1])
        self.assertEqual(self._notes(), ["/a", "/b", "/c"])

    def test_a_view_noted_late_is_taken_within_the_overlap(self):
        self._view("a", 0.1)
        self._run()
        self._view("late", 0.4)
        self._view("too-late", 0.6)

        self._run(time_left=60)

        self.assertEqual(self._notes(), ["/a", "/late"])
