"""A company of its own whose plan was worked out by hand. Now is 2026-03-20 12:00.

| leads                | made       | what they are                                        |
|----------------------|------------|------------------------------------------------------|
| web: 10 won, 30 lost | 2025-10-01 | each won one 3000, on 2025-10-31; 2 of the lost ones |
|                      |            | were qualified                                       |
| web: 8 open          | 2025-10-01 | left out of the rate                                 |
| web: 2 students      | 2025-10-01 | don't buy: left out of everything                    |
| ads: 1 won, 28 lost  | 2025-10-01 | 10000, on 2025-10-31; 29 closed ones are too few     |
| web: old             | 2025-02-01 | made before the past; won 2026-03-12, 2000           |
| web: quick, fresh    | 2026-03-05 | one won 2026-03-10, 4000; one open                   |
| without a source     | 2026-03-06 | won 2026-03-15, 500                                  |

The plan is for March 2026 (31 days, 19 of them over), the past is March 2025 to February 2026,
the target 40000.
"""

from odoo.addons.lead_followup.tests.common import LeadFollowupCase


class LeadPlanCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Planned Pumps"})
        cls.user_marketing.company_ids |= cls.company
        cls.web, cls.ads, cls.fairs = cls.env["utm.source"].create(
            [{"name": "Plan web"}, {"name": "Plan ads"}, {"name": "Plan fairs"}]
        )
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        past, web = "2025-10-01", {"source_id": cls.web.id}
        cls._make_won(10, past, "2025-10-31", 3000, **web)
        cls._make_lost(28, past, **web)
        cls._make_lost(2, past, mql_at="2025-10-02", **web)
        cls._make_open(8, past, **web)
        cls._make_open(2, past, not_a_buyer="student", **web)
        cls._make_won(1, past, "2025-10-31", 10000, source_id=cls.ads.id)
        cls._make_lost(28, past, source_id=cls.ads.id)
        cls.old = cls._make_won(1, "2025-02-01", "2026-03-12", 2000, **web)
        cls.quick = cls._make_won(1, "2026-03-05", "2026-03-10", 4000, **web)
        cls.fresh = cls._make_open(1, "2026-03-05", **web)
        cls.found = cls._make_won(1, "2026-03-06", "2026-03-15", 500)

    @classmethod
    def _make_leads(cls, count, made, **vals):
        stamps = {name: vals.pop(name) for name in list(vals) if name in ("mql_at", "date_closed")}
        common = {"user_id": False, "team_id": False, "company_id": cls.company.id, **vals}
        leads = cls.env["crm.lead"].create(
            [{"name": f"{made} {number}", **common} for number in range(count)]
        )
        cls.env.flush_all()
        for column, value in {"create_date": made, **stamps}.items():
            cls.env.cr.execute(
                f"UPDATE crm_lead SET {column} = %s WHERE id IN %s", (value, leads._ids)
            )
        cls.env.invalidate_all()
        return leads

    @classmethod
    def _make_won(cls, count, made, closed, revenue, **vals):
        return cls._make_leads(
            count,
            made,
            type="opportunity",
            stage_id=cls.won_stage.id,
            probability=100,
            lifecycle="customer",
            expected_revenue=revenue,
            date_closed=closed,
            **vals,
        )

    @classmethod
    def _make_lost(cls, count, made, **vals):
        return cls._make_leads(count, made, active=False, probability=0, **vals)

    @classmethod
    def _make_open(cls, count, made, **vals):
        return cls._make_leads(count, made, **vals)

    def _make_plan(self, user=None, company=None, **vals):
        company = company or self.company
        plans = self.env["lead.plan"].with_user(user or self.user_marketing)
        return plans.with_context(allowed_company_ids=company.ids, tz="UTC").create(
            {
                "name": "March",
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
                "past_from": "2025-03-01",
                "past_to": "2026-02-28",
                "target_revenue": 40000,
                **vals,
            }
        )

    def _line(self, plan, source):
        return plan.line_ids.filtered(lambda line: line.source_id == source)
