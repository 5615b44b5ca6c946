from odoo.tests import tagged

from .funnel_common import LeadFunnelCase

_STAGES = ("inquiry_count", "mql_count", "offered_count", "accepted_count", "sql_count")
_STAGES += ("won_count",)
_RATES = ("mql_rate_pct", "offered_rate_pct", "accepted_rate_pct", "sql_of_accepted_pct")
_RATES += ("sql_rate_pct", "won_rate_pct", "won_of_inquiries_pct")
_DAYS = ("days_to_mql", "days_to_offer", "days_to_accept", "days_to_sql", "days_to_win")
_DAYS += ("days_in_all",)
_SPEED = tuple(
    f"{start}_{end}_{figure}"
    for start in ("capture", "mql")
    for end in ("touch", "human")
    for figure in ("hours", "24_pct", "48_pct")
)
_TOUCHES = ("touch_count", "touches_per_lead", "touched_3_pct", "touches_to_win")
_COUNTS = ("costed_count", "uncosted_count", "costed_sql_count", "costed_won_count")
_MONEY = ("revenue", "cost", "costed_revenue", "cost_per_lead", "cost_per_sql")
_MONEY += ("cost_per_customer", "return_pct")
_OPEN = ("open_deal_count", "open_pipeline")
_EVERY = _STAGES + _RATES + _DAYS + _SPEED + _TOUCHES + _COUNTS + _MONEY + _OPEN
_NO_DATES = (False,) * len(_DAYS)
_NO_SPEED = (False,) * len(_SPEED)


@tagged("post_install", "-at_install")
class TestLeadFunnelCases(LeadFunnelCase):
    """Every measure over each odd lead of ``funnel_common`` alone, worked out by hand.

    Beside the costs of that world 60 dollars for the site, over asked, won, lost, recycled and
    student; 10 for the campaign of the referred lead; and an open deal of 300 euros in company B.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referred.campaign_id = cls.env["utm.campaign"].create({"title": "Friends"})
        cls.env["lead.show.cost"].create(
            [
                {"source_id": cls.web.id, "amount": 60, "kind": "content"},
                {"campaign_id": cls.referred.campaign_id.id, "amount": 10, "kind": "other"},
            ]
        )
        cls.b_open = cls._make(
            "b_open",
            "2026-03-01 00:00:00",
            company_id=cls.company_b.id,
            type="opportunity",
            lifecycle="inquiry",
            expected_revenue=300,
        )
        cls.leads |= cls.b_open
        cls.env.flush_all()
        cls.env.invalidate_all()

    def assertFigures(self, leads, companies=None, **groups):
        """``groups``: the numbers of each group of measures, in their order."""
        expected = dict(zip(_EVERY, sum(groups.values(), ()), strict=True))
        found = self._measure(*_EVERY, domain=[("lead_id", "in", leads.ids)], companies=companies)
        for name, value in zip(_EVERY, found, strict=True):
            with self.subTest(name):
                self.assertEqual(value is False, expected[name] is False, value)
                self.assertAlmostEqual(value, expected[name], 6)

    def test_there_is_no_measure_that_is_left_out_here(self):
        self.assertEqual(set(self._get_report()._get_measure_names()), set(_EVERY))

    def test_an_archived_lead(self):
        # qualified after a day, offered at once, returned, lost; contacted by a person after 30 h
        self.assertFigures(
            self.lost,
            stages=(1, 1, 1, 0, 0, 0),
            rates=(100, 100, 0, False, 0, False, 0),
            days=(1, 0, False, False, False, False),
            speed=(30, 0, 100, 30, 0, 100, 6, 100, 100, 6, 100, 100),
            touches=(2, 2, 0, False),
            counts=(1, 0, 0, 0),
            money=(False, 12, 0, 12, False, False, -100),
            open=(0, False),
        )

    def test_a_recycled_lead(self):
        # came back on 03-08, contacted 12 h later by no person; was SQL before it was MQL again
        self.assertFigures(
            self.recycled,
            stages=(1, 1, 0, 0, 1, 0),
            rates=(100, 0, False, False, 100, 0, 0),
            days=(9, False, False, False, False, False),
            speed=(12, 100, 100, False, 0, 0, 0, 100, 100, False, 0, 0),
            touches=(0, 0, 0, False),
            counts=(1, 0, 1, 0),
            money=(False, 12, 0, 12, 12, False, -100),
            open=(0, False),
        )

    def test_a_referred_lead(self):
        # won after 10 days without dates between; 1000 for 10
        self.assertFigures(
            self.referred,
            stages=(1, 1, 0, 0, 1, 1),
            rates=(100, 0, False, False, 100, 100, 100),
            days=(False, False, False, False, False, 10),
            speed=_NO_SPEED,
            touches=(0, 0, 0, 0),
            counts=(1, 0, 1, 1),
            money=(1000, 10, 1000, 10, 10, 10, 9900),
            open=(0, False),
        )

    def test_a_lead_at_two_shows(self):
        # half of what the first show cost, nothing of the second
        self.assertFigures(
            self.both,
            stages=(1, 0, 0, 0, 0, 0),
            rates=(0, False, False, False, False, False, 0),
            days=_NO_DATES,
            speed=_NO_SPEED,
            touches=(0, 0, 0, False),
            counts=(1, 0, 0, 0),
            money=(False, 250, 0, 250, False, False, -100),
            open=(0, False),
        )

    def test_another_company_in_its_own_currency(self):
        # b_web was won in a day; b_ads cost 10; b_open is an open deal
        self.assertFigures(
            self.b_web | self.b_ads | self.b_open,
            companies=self.company_b,
            stages=(3, 1, 0, 0, 1, 1),
            rates=(100 / 3, 0, False, False, 100, 100, 100 / 3),
            days=(False, False, False, False, False, 1),
            speed=_NO_SPEED,
            touches=(0, 0, 0, 0),
            counts=(1, 2, 0, 0),
            money=(500, 10, 0, 10, False, False, -100),
            open=(1, 300),
        )

    def test_another_company_in_the_currency_one_works_in(self):
        # today a euro is two dollars; what is no money stays as it is
        self.assertFigures(
            self.b_web | self.b_ads | self.b_open,
            companies=self.company_a | self.company_b,
            stages=(3, 1, 0, 0, 1, 1),
            rates=(100 / 3, 0, False, False, 100, 100, 100 / 3),
            days=(False, False, False, False, False, 1),
            speed=_NO_SPEED,
            touches=(0, 0, 0, 0),
            counts=(1, 2, 0, 0),
            money=(1000, 20, 0, 20, False, False, -100),
            open=(1, 600),
        )

    def test_leads_of_another_company_are_not_there(self):
        report = self._get_report(self.company_a)

        self.assertFalse(report.search([("lead_id", "in", (self.b_web | self.b_open).ids)]))

    def test_nobody(self):
        found = self._measure(*_EVERY, domain=[("lead_id", "=", 0)])

        self.assertEqual(found, (False,) * len(_EVERY))

    def test_a_cost_is_spread_over_archived_and_recycled_leads_too(self):
        cost = self.env["lead.show.cost"].search([("source_id", "=", self.web.id)])

        self.assertEqual((cost.lead_count, cost.cost_per_lead), (5, 12))
        opened = self.leads.search(cost.action_open_leads()["domain"])
        self.assertEqual(opened, self.asked | self.won | self.lost | self.recycled | self.student)
