from freezegun import freeze_time

from odoo.fields import Datetime
from odoo.modules.migration import load_script
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import file_path

from .funnel_common import LeadFunnelCase

FIGURES = (
    "kpi_lead_from_shows",
    "kpi_lead_contacted",
    "kpi_lead_mql",
    "kpi_lead_sql",
    "kpi_lead_answers",
)


@tagged("post_install", "-at_install")
class TestDigest(LeadFunnelCase):
    """The figures of a digest, over the world of the funnel; a period's end is not part of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {"name": "Monday", "company_id": False, **dict.fromkeys(FIGURES, True)}
        )

    def _get(self, name, start, end, company=None, user=None):
        digest = self.digest.with_user(user or self.user_marketing)
        digest = digest.with_company(company or self.company_a)
        digest.invalidate_model([f"{name}_value"])
        period = {
            "start_datetime": Datetime.to_datetime(f"2026-{start}"),
            "end_datetime": Datetime.to_datetime(f"2026-{end}"),
        }
        return digest.with_context(**period)[f"{name}_value"]

    def test_new_leads_from_shows(self):
        # both and at_x on 03-02, at_y on 03-10 at midnight; the web's leads are of no show
        self.assertEqual(self._get("kpi_lead_from_shows", "03-01", "03-11"), 3)
        self.assertEqual(self._get("kpi_lead_from_shows", "03-01", "03-10"), 2)
        self.assertEqual(self._get("kpi_lead_from_shows", "03-10", "03-11"), 1)

    def test_archived_leads_count(self):
        self.both.active = False

        self.assertEqual(self._get("kpi_lead_from_shows", "03-01", "03-11"), 3)
        # won 03-03, lost and archived 03-02, recycled and at_x 03-10, ads_mar 03-06
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), 5)

    def test_qualified_and_accepted_in_the_period(self):
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-10"), 3)
        # won 03-04, recycled 03-05, ads_mar 03-07; at_x on 03-12
        self.assertEqual(self._get("kpi_lead_sql", "03-01", "03-12"), 3)
        self.assertEqual(self._get("kpi_lead_sql", "03-12", "03-13"), 1)
        self.assertEqual(self._get("kpi_lead_sql", "03-13", "03-20"), 0)

    def test_merged_leads_count_once(self):
        before = self._get("kpi_lead_mql", "03-01", "03-11")
        twins = self.env["crm.lead"]
        for day in ("03-03", "03-05"):
            twins |= self._make(f"twin {day}", "2026-03-01 00:00:00", mql_at=f"2026-{day} 00:00:00")
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), before + 2)

        twins.merge_opportunity()

        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), before + 1)
        self.assertEqual(self._get("kpi_lead_mql", "03-05", "03-06"), 0)  # the earliest is kept

    def test_contacted_is_of_those_whose_48_hours_ended_in_the_period(self):
        # made on 03-01: won and lost in time, asked missed; the others were owed nothing
        self.assertAlmostEqual(self._get("kpi_lead_contacted", "03-03", "03-04"), 100 * 2 / 3, 6)
        # recycled turned to us again on 03-08, and was answered in time
        self.assertEqual(self._get("kpi_lead_contacted", "03-10", "03-11"), 100)
        # made on 02-28 or 03-02: nobody who was owed a contact
        self.assertEqual(self._get("kpi_lead_contacted", "03-02", "03-03"), 0)
        self.assertEqual(self._get("kpi_lead_contacted", "03-04", "03-05"), 0)

    def test_contacted_is_told_from_the_scan_and_not_from_the_making(self):
        now = Datetime.to_datetime("2026-04-10 12:00:00")
        scanned = [
            self._make(
                f"scanned {number}", "2026-02-10 00:00:00", captured_at="2026-04-06 12:00:00"
            )
            for number in range(10)
        ]
        self._tell_moments(*scanned, first_touch_deadline="2026-04-07 12:00:00")
        self._make("web", "2026-04-07 00:00:00", first_touch_at="2026-04-07 01:00:00")

        with freeze_time(now):
            share = self._get("kpi_lead_contacted", "04-03 12:00:00", "04-10 12:00:00")
            before = self._get("kpi_lead_contacted", "02-09", "02-15")

        self.assertAlmostEqual(share, 100 / 11, 6)
        self.assertEqual(before, 0)  # of nobody

    def test_a_longer_period_is_a_ratio_of_sums_and_no_average_of_days(self):
        self._make("late", "2026-03-02 00:00:00")
        late = self.env["crm.lead"].search([("name", "=", "late")])
        self._tell_moments(late, first_touch_deadline="2026-03-03 00:00:00")

        # two of three and none of one
        self.assertAlmostEqual(self._get("kpi_lead_contacted", "03-03", "03-05"), 50, 6)

    def test_answers_to_cadences_count_touches_once(self):
        enrollment = self.env["lead.cadence.enrollment"].create(
            {
                "lead_id": self.won.id,
                "cadence_id": self.env.ref("lead_followup.lead_cadence_general").id,
            }
        )
        self.env["lead.touch"].create(
            [
                {"lead_id": self.won.id, "channel": "email", "state": "done", **vals}
                for vals in (
                    {"enrollment_id": enrollment.id, "answered_at": "2026-03-05 10:00:00"},
                    {
                        "enrollment_id": enrollment.id,
                        "answered_at": "2026-03-06 10:00:00",
                        "meeting_at": "2026-03-07 10:00:00",
                    },
                    {"enrollment_id": enrollment.id, "meeting_at": "2026-03-08 10:00:00"},
                    {"enrollment_id": enrollment.id, "answered_at": "2026-02-20 10:00:00"},
                    {"enrollment_id": enrollment.id},
                    {"answered_at": "2026-03-05 10:00:00"},  # of no cadence
                )
            ]
        )

        self.assertEqual(self._get("kpi_lead_answers", "03-01", "03-11"), 3)
        self.assertEqual(self._get("kpi_lead_answers", "03-01", "03-11", self.company_b), 0)

    def test_each_company_has_its_own_figures(self):
        made = {"made_at": "2026-03-01 00:00:00", "mql_at": "2026-03-05 00:00:00"}
        self._make("of b", company_id=self.company_b.id, **made)
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), 5)
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11", self.company_b), 1)

        self.digest.company_id = self.company_b

        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), 1)
        # the rep belongs to company A alone
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11", user=self.user_rep), 0)

    def test_a_lead_without_a_company_counts_for_the_first_one(self):
        self._make(
            "anybody's",
            "2026-03-01 00:00:00",
            company_id=False,
            mql_at="2026-03-05 00:00:00",
        )

        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11"), 6)
        self.assertEqual(self._get("kpi_lead_mql", "03-01", "03-11", self.company_b), 0)

    def test_a_rep_is_told_of_his_own_leads_and_nobodys(self):
        self.won.user_id = self.user_marketing

        # of won, lost, recycled, at_x and ads_mar, the first is somebody else's
        figure = self._get("kpi_lead_mql", "03-01", "03-11", user=self.user_rep)
        self.assertEqual(figure, 4)

    def test_the_mail_says_of_whom_nothing_can_be_said(self):
        kpis = self.digest._compute_kpis(self.company_a, self.user_marketing)
        by_name = {kpi["kpi_name"]: kpi for kpi in kpis}

        shares = [
            by_name["kpi_lead_contacted"][f"kpi_col{number}"]["value"] for number in (1, 2, 3)
        ]
        # now is 03-20 12:00: nobody was made in the day or the week before 03-18 12:00
        self.assertEqual(shares, ["–", "–", "75.0%"])
        self.assertEqual(by_name["kpi_lead_mql"]["kpi_col3"]["value"], 5)
        for name in FIGURES:
            xmlid = by_name[name]["kpi_action"].split("?")[0]
            self.assertEqual(self.env.ref(xmlid)._name, "ir.actions.act_window")

    def test_who_is_no_salesperson_is_told_nothing(self):
        clerk = new_test_user(self.env, "clerk_digest", "base.group_user")

        kpis = self.digest._compute_kpis(self.company_a, clerk)

        self.assertFalse([kpi for kpi in kpis if kpi["kpi_name"] in FIGURES])

    def test_the_default_digest_has_them(self):
        digest = self.env.ref("digest.digest_digest_default", raise_if_not_found=False)

        self.assertTrue(digest and all(digest[name] for name in FIGURES))

    def test_an_upgrade_turns_on_what_nobody_turned_off(self):
        default = self.env.ref("digest.digest_digest_default")
        self.digest.flush_recordset()
        self.env.cr.execute(
            "UPDATE digest_digest SET kpi_lead_mql = NULL, kpi_lead_sql = FALSE WHERE id IN %s",
            [(default.id, self.digest.id)],
        )
        script = load_script(
            file_path("lead_nurture/migrations/19.0.1.1.0/post-default-digest.py"), "default_digest"
        )

        script.migrate(self.env.cr, "19.0.1.0.0")

        self.env.invalidate_all()
        self.assertEqual([default.kpi_lead_mql, default.kpi_lead_sql], [True, False])
        self.assertFalse(self.digest.kpi_lead_mql)  # a digest of one's own is left alone

    def test_digests_of_two_companies_are_told_apart(self):
        digests = self.env["digest.digest"].create(
            [
                {"name": company.name, "company_id": company.id}
                for company in (self.company_a, self.company_b)
            ]
        )
        digests = digests.with_context(
            start_datetime=Datetime.to_datetime("2026-03-01"),
            end_datetime=Datetime.to_datetime("2026-03-11"),
            allowed_company_ids=[self.company_a.id, self.company_b.id],
        )

        self.assertEqual(digests.mapped("kpi_lead_from_shows_value"), [3, 0])
