from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadImportGuard(LeadFollowupCase):
    """What the program writes nobody sets over the screen or RPC; what is people's, they do."""

    def assertRefused(self, records, vals):
        for name, value in vals.items():
            for user in self.user_rep | self.user_marketing:
                mine = records.with_user(user)
                with self.subTest(name, user=user.login):
                    with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                        mine.write({name: value})
                    with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                        mine.create({name: value})
                    with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
                        mine.with_context(**{f"default_{name}": value}).create({})

    def test_an_import_s_words_and_figures_are_the_program_s(self):
        job = self.env["lead.import"].with_user(self.user_rep).create({})

        self.assertRefused(
            job,
            {
                "state": "done",
                "needs_preview": True,
                "message": "All is well",
                "hint": "Pay here",
                "questions": ["date_order"],
                "forecast": {"mailed_count": 0},
                "forecast_state": "ready",
                "forecast_at": "2026-03-20 12:00:00",
                "is_from_records": True,
                "dialog_id": 7,
            },
        )

    def test_what_a_person_chooses_he_sets(self):
        job = self.env["lead.import"].with_user(self.user_rep).create({})
        job.write(
            {
                "trade_show_id": self.show.id,
                "file": b"TmFtZSxFLW1haWwKQW5uIEFtcGxlLGFubkBhbXBsZS5leGFtcGxlCg==",
                "file_name": "mine.csv",
                "competitor_names": "Rivalworks",
                "date_order": "DMY",
            }
        )
        job.action_preview()
        job.column_ids[0].target = "company"

        self.assertTrue(job.needs_preview)  # the program notes what follows
        job.action_preview()
        self.assertEqual((job.state, job.needs_preview), ("previewed", False))

    def test_nobody_puts_a_visit_or_a_cadence_under_an_import(self):
        job = self.env["lead.import"].with_user(self.user_rep).create({})
        lead = self._make_lead(user_id=self.user_rep.id)
        visits = self.env["lead.show.visit"]
        visit = visits.create({"lead_id": lead.id, "trade_show_id": self.show.id})
        enrollment = self.show.cadence_id._enroll(lead)

        self.assertRefused(visit, {"import_id": job.id})
        with self.assertRaisesRegex(AccessError, "cannot be set by hand"):
            enrollment.with_user(self.user_rep).import_id = job

        visit.with_user(self.user_rep).write({"rating": "hot", "note": "Wants a quote"})
        enrollment.with_user(self.user_rep).action_pause()
        self.assertEqual((visit.rating, enrollment.state), ("hot", "paused"))
