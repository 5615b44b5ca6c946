"""Customers of a small company, their track after the sale and their next purchase."""

from freezegun import freeze_time

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class AfterSaleCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.track = cls.env.ref("lead_nurture.lead_cadence_after_sale")
        cls.company.write(
            {
                "lead_marketing_user_id": cls.user_marketing.id,
                "lead_after_sale_track_id": cls.track.id,
                "lead_repeat_sales": True,
                "lead_repeat_months": 0,
                "lead_email_hourly": 0,
            }
        )
        cls.pumps, cls.valves, cls.training = cls.env["lead.interest"].create(
            [
                {"name": "Pumps of the test", "cycle_months": 36},
                {"name": "Valves of the test", "cycle_months": 12},
                {"name": "Training of the test"},
            ]
        )
        cls.customer = cls._make_contact("Ann Ample", "ann@ample.example")

    @classmethod
    def _make_contact(cls, name, email, **vals):
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "country_id": cls.country_us.id, **vals}
        )

    def _make_deal(self, **vals):
        """Return an open opportunity of the rep with the customer."""
        return self._make_lead(
            **{
                "name": "Pumps for Ample",
                "type": "opportunity",
                "user_id": self.user_rep.id,
                "partner_id": self.customer.id,
                **vals,
            }
        )

    def _make_won(self, **vals):
        lead = self._make_deal(**vals)
        lead.action_set_won()
        return lead

    def _make_won_before(self, day, **vals):
        """Return a lead that was won on ``day``, before anything was switched on."""
        settings = {
            name: self.company[name] for name in ("lead_after_sale_track_id", "lead_repeat_sales")
        }
        self.company.write(dict.fromkeys(settings, False))
        with freeze_time(f"{day} 12:00:00"):
            lead = self._make_won(**vals)
        self.company.write(settings)
        return lead

    def _run_repeats(self, at):
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref("lead_nurture.ir_cron_make_repeats").method_direct_trigger()

    def _send_next(self, lead, at):
        """Let what waits for ``lead`` go out at ``at``; the scheduler looks before and after."""
        with freeze_time(at):
            self._run_cadences()
            touch = lead.touch_ids.filtered(lambda touch: touch.state == "queued")
            self.assertEqual(len(touch), 1)
            touch._mark_done(at, is_human=False)
            self._run_cadences()
        return touch

    def assertAfterSale(self, lead, state, reason=False):
        enrollment = lead.enrollment_ids[:1]
        self.assertEqual(enrollment.cadence_id, self.track)
        self.assertEqual((enrollment.state, enrollment.stop_reason), (state, reason))
