"""A small world whose funnel was worked out by hand: two companies, two shows, two currencies.

Company A counts in dollars, B in euros; a euro is two dollars. Now is 2026-03-20 12:00.

| lead      | made   | what it is                                                                 |
|-----------|--------|----------------------------------------------------------------------------|
| asked     | 03-01  | web; nothing came of it, never contacted, though it was owed               |
| won       | 03-01  | web; MQL 03-03, offered 03-03 12:00, SQL 03-04 12:00, won 03-14 12:00, 9000 |
| lost      | 03-01  | web; MQL 03-02, offered at once, returned, lost and archived               |
| recycled  | 03-01  | web; SQL 03-05, lost, again since 03-08, MQL again 03-10                   |
| referred  | 03-01  | referred by a customer; won 03-11 without having been qualified, 1000      |
| student   | 03-01  | web; does not buy                                                          |
| both      | 03-02  | was at show X, then at show Y                                              |
| at_x      | 03-02  | was at show X; SQL 03-12 (MQL 03-10), won 03-13, 2070                      |
| at_y      | 03-10  | was at show Y                                                              |
| ads_feb   | 02-15  | ads                                                                        |
| ads_mar   | 03-05  | ads; MQL 03-06, offered 03-06, open offer; SQL by its salesman 03-07       |
| b_web     | 03-01  | company B, web; won 03-02, 500 euros                                       |
| b_ads     | 03-01  | company B, ads                                                             |
"""

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class LeadFunnelCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_money()
        utm_source, utm_medium = cls.env["utm.source"], cls.env["utm.medium"]
        cls.web, cls.ads = utm_source.create([{"name": "Our site"}, {"name": "Some ads"}])
        cls.online = utm_medium.create({"name": "Online"})
        cls.show_x = cls.show
        cls.show_y = cls._make_show(
            name="Autumn Pump Expo", date_begin="2026-03-09", date_end="2026-03-10"
        )
        cls._make_leads_of_a()
        cls._make_leads_of_b()
        cls.leads = cls.env["crm.lead"].with_context(active_test=False).search([])
        cls._enter_costs()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _make_money(cls):
        """Euros are worth two dollars since 2026-03-10, four before."""
        cls.euro, cls.dollar = cls.env.ref("base.EUR"), cls.env.ref("base.USD")
        cls.euro.active = True
        cls.company_a = cls.env.company
        cls.company_a.currency_id = cls.dollar
        cls.company_b = cls.env["res.company"].create(
            {"name": "Branch", "currency_id": cls.euro.id}
        )
        cls.user_marketing.company_ids |= cls.company_b
        rates = cls.env["res.currency.rate"]
        rates.search([]).unlink()
        rates.create(
            [
                {"currency_id": cls.euro.id, "name": day, "rate": rate, "company_id": company.id}
                for company, rate_by_day in (
                    (cls.company_a, {"2026-01-01": 0.25, "2026-03-10": 0.5}),
                )
                for day, rate in rate_by_day.items()
            ]
        )
        rates.create(
            {
                "currency_id": cls.dollar.id,
                "name": "2026-03-10",
                "rate": 2,
                "company_id": cls.company_b.id,
            }
        )

    @classmethod
    def _make(cls, name, made_at, **vals):
        """Make a lead as of ``made_at``; moments that the program writes are set as they are."""
        stamps = {
            field: vals.pop(field)
            for field in list(vals)
            if field.endswith("_at") or field in ("date_closed", "engagement_since")
        }
        visits = vals.pop("visits", ())
        lead = cls.env["crm.lead"].create(
            {"name": name, "type": "lead", "user_id": False, "company_id": cls.company_a.id, **vals}
        )
        for show, day in visits:
            cls.env["lead.show.visit"].create(
                {"lead_id": lead.id, "trade_show_id": show.id, "captured_at": day}
            )
        cls.env.flush_all()
        cls._tell_moments(lead, create_date=made_at, first_touch_deadline=None, **stamps)
        return lead

    @classmethod
    def _make_leads_of_a(cls):
        web = {"source_id": cls.web.id, "medium_id": cls.online.id}
        owed = {"first_touch_deadline": "2026-03-02 00:00:00"}
        made = "2026-03-01 00:00:00"
        won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.asked = cls._make("asked", made, **web)
        cls.won = cls._make(
            "won",
            made,
            **web,
            type="opportunity",
            lifecycle="customer",
            stage_id=won_stage.id,
            expected_revenue=9000,
            mql_at="2026-03-03 00:00:00",
            sql_at="2026-03-04 12:00:00",
            date_closed="2026-03-14 12:00:00",
            first_touch_at="2026-03-01 06:00:00",
            first_human_touch_at="2026-03-02 12:00:00",
        )
        cls.lost = cls._make(
            "lost",
            made,
            **web,
            lifecycle="nurture",
            active=False,
            probability=0,
            mql_at="2026-03-02 00:00:00",
            first_touch_at="2026-03-02 06:00:00",
            first_human_touch_at="2026-03-02 06:00:00",
        )
        cls.recycled = cls._make(
            "recycled",
            made,
            **web,
            lifecycle="mql",
            rotation=1,
            sql_at="2026-03-05 00:00:00",
            mql_at="2026-03-10 00:00:00",
            engagement_since="2026-03-08 00:00:00",
            first_touch_at="2026-03-08 12:00:00",
        )
        referral = cls.env["lead.referral"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "Glad Customer"}).id,
                "company_id": cls.company_a.id,
            }
        )
        cls.referred = cls._make(
            "referred",
            made,
            type="opportunity",
            referral_id=referral.id,
            stage_id=won_stage.id,
            expected_revenue=1000,
            lifecycle="customer",
            date_closed="2026-03-11 00:00:00",
        )
        cls.student = cls._make("student", made, **web, not_a_buyer="student")
        cls.both = cls._make(
            "both",
            "2026-03-02 00:00:00",
            visits=[(cls.show_x, "2026-03-02 00:00:00"), (cls.show_y, "2026-03-10 00:00:00")],
        )
        cls.at_x = cls._make(
            "at_x",
            "2026-03-02 00:00:00",
            visits=[(cls.show_x, "2026-03-02 00:00:00")],
            type="opportunity",
            lifecycle="customer",
            stage_id=won_stage.id,
            expected_revenue=2070,
            mql_at="2026-03-10 00:00:00",
            sql_at="2026-03-12 00:00:00",
            date_closed="2026-03-13 00:00:00",
        )
        cls.at_y = cls._make(
            "at_y", "2026-03-10 00:00:00", visits=[(cls.show_y, "2026-03-10 00:00:00")]
        )
        cls.ads_feb = cls._make("ads_feb", "2026-02-15 00:00:00", source_id=cls.ads.id)
        cls.ads_mar = cls._make(
            "ads_mar",
            "2026-03-05 00:00:00",
            source_id=cls.ads.id,
            user_id=cls.user_rep.id,
            lifecycle="sql",
            mql_at="2026-03-06 00:00:00",
            sql_at="2026-03-07 00:00:00",
        )
        cls._tell_moments(cls.asked, cls.student, **owed)
        cls._tell_moments(cls.recycled, first_touch_deadline="2026-03-09 00:00:00")
        cls._make_offers()
        cls._make_touches()

    @classmethod
    def _tell_moments(cls, *leads, **columns):
        for lead in leads:
            for column, value in columns.items():
                cls.env.cr.execute(
                    f"UPDATE crm_lead SET {column} = %s WHERE id = %s",
                    (value, lead.id),
                )
        cls.env.invalidate_all()

    @classmethod
    def _make_offers(cls):
        rep = cls.user_rep.id
        cls.env["lead.handover"].search([]).unlink()
        cls.env["lead.handover"].create(
            [
                {
                    "lead_id": cls.won.id,
                    "user_id": rep,
                    "offered_at": "2026-03-03 12:00:00",
                    "answered_at": "2026-03-04 12:00:00",
                    "state": "accepted",
                },
                {
                    "lead_id": cls.lost.id,
                    "user_id": rep,
                    "offered_at": "2026-03-02 00:00:00",
                    "answered_at": "2026-03-05 00:00:00",
                    "state": "returned",
                },
                {
                    "lead_id": cls.lost.id,
                    "user_id": cls.user_marketing.id,
                    "offered_at": "2026-03-05 00:00:00",
                    "answered_at": "2026-03-06 00:00:00",
                    "state": "expired",
                },
                {
                    "lead_id": cls.ads_mar.id,
                    "user_id": rep,
                    "offered_at": "2026-03-06 00:00:00",
                    "state": "offered",
                },
            ]
        )

    @classmethod
    def _make_touches(cls):
        """Four touches of the won lead, one of them after the sale; two of the lost one."""
        done = [
            (cls.won, "2026-03-01 06:00:00"),
            (cls.won, "2026-03-02 12:00:00"),
            (cls.won, "2026-03-10 00:00:00"),
            (cls.won, "2026-03-15 00:00:00"),
            (cls.lost, "2026-03-02 06:00:00"),
            (cls.lost, "2026-03-04 06:00:00"),
        ]
        cls.env["lead.touch"].create(
            [
                {"lead_id": lead.id, "channel": "call", "state": "done", "done_at": at}
                for lead, at in done
            ]
        )
        cls.env["lead.touch"].create(
            [
                {"lead_id": cls.won.id, "channel": "call", "state": state}
                for state in ("planned", "cancelled")
            ]
        )

    @classmethod
    def _make_leads_of_b(cls):
        won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.b_web = cls._make(
            "b_web",
            "2026-03-01 00:00:00",
            company_id=cls.company_b.id,
            source_id=cls.web.id,
            type="opportunity",
            lifecycle="customer",
            stage_id=won_stage.id,
            expected_revenue=500,
            date_closed="2026-03-02 00:00:00",
        )
        cls.b_ads = cls._make(
            "b_ads", "2026-03-01 00:00:00", company_id=cls.company_b.id, source_id=cls.ads.id
        )

    @classmethod
    def _enter_costs(cls):
        """Show X 300 dollars and 100 euros of 03-15, Y 90; ads 40 once and 60 for March."""
        cls.costs = cls.env["lead.show.cost"].create(
            [
                {"trade_show_id": cls.show_x.id, "amount": 300},
                {
                    "trade_show_id": cls.show_x.id,
                    "amount": 100,
                    "currency_id": cls.euro.id,
                    "date": "2026-03-15",
                },
                {"trade_show_id": cls.show_y.id, "amount": 90},
                {"source_id": cls.ads.id, "amount": 40, "kind": "advertising"},
                {
                    "source_id": cls.ads.id,
                    "amount": 60,
                    "kind": "advertising",
                    "period": "month",
                    "date": "2026-03-01",
                },
                {
                    "source_id": cls.ads.id,
                    "amount": 10,
                    "kind": "advertising",
                    "company_id": cls.company_b.id,
                },
            ]
        )

    def _get_report(self, companies=None, user=None):
        companies = companies or self.company_a
        report = self.env["lead.funnel.report"].with_user(user or self.user_marketing)
        return report.with_context(allowed_company_ids=companies.ids, tz="UTC")

    def _measure(self, *names, domain=(), companies=None, by=None, user=None):
        """Return the measures over the leads of the world that match ``domain``.

        With ``by``: ``{value: measures}``.
        """
        report = self._get_report(companies, user)
        specs = [f"{name}:{report._fields[name].aggregator}" for name in names]
        domain = [("lead_id", "in", self.leads.ids), *domain]
        rows = report._read_group(domain, [by] if by else [], specs)
        if not by:
            return rows[0] if len(names) > 1 else rows[0][0]
        return {row[0]: row[1:] if len(names) > 1 else row[1] for row in rows}

    def assertMeasure(self, name, expected, **kwargs):
        found = self._measure(name, **kwargs)
        if expected is False:
            self.assertIs(found, False)
        else:
            self.assertIsNot(found, False)
            self.assertAlmostEqual(found, expected, 6)
