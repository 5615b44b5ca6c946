from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

_CONTACT_HOURS = 48


class DigestDigest(models.Model):
    """What came of leads in a digest's period, of the leads its reader may see.

    Archived leads count. A lead without a company counts for the first company, as in the funnel.
    Who was contacted in 48 hours is asked of the leads whose 48 hours ended in the period: they
    were made, scanned or taken up again two days earlier. Of yesterday's nobody could say yet.
    """

    _inherit = "digest.digest"

    kpi_lead_from_shows = fields.Boolean("New Leads from Shows")
    kpi_lead_from_shows_value = fields.Integer(compute="_compute_kpi_lead_from_shows_value")
    kpi_lead_contacted = fields.Boolean(
        "Leads Contacted in 48 h (%)", help="Of the leads whose 48 hours ended in the period."
    )
    kpi_lead_contacted_value = fields.Float(compute="_compute_kpi_lead_contacted_value")
    kpi_lead_mql = fields.Boolean("Leads Qualified (MQL)")
    kpi_lead_mql_value = fields.Integer(compute="_compute_kpi_lead_mql_value")
    kpi_lead_sql = fields.Boolean("Leads Accepted by Sales (SQL)")
    kpi_lead_sql_value = fields.Integer(compute="_compute_kpi_lead_sql_value")
    kpi_lead_answers = fields.Boolean(
        "Answers to Cadences", help="Touches of cadences that were answered or led to a meeting."
    )
    kpi_lead_answers_value = fields.Integer(compute="_compute_kpi_lead_answers_value")

    def _compute_kpi_lead_from_shows_value(self):
        from_shows = Domain("trade_show_id", "!=", False)
        for digest, env, of_company, period in self._get_lead_kpi_domains():
            digest.kpi_lead_from_shows_value = env["lead.funnel.report"].search_count(
                of_company & from_shows & period("date")
            )

    def _compute_kpi_lead_contacted_value(self):
        for digest, share in self._get_lead_contacted_shares():
            digest.kpi_lead_contacted_value = share

    def _compute_kpi_lead_mql_value(self):
        for digest, env, of_company, period in self._get_lead_kpi_domains():
            leads = env["crm.lead"].with_context(active_test=False)
            digest.kpi_lead_mql_value = leads.search_count(of_company & period("mql_at"))

    def _compute_kpi_lead_sql_value(self):
        for digest, env, of_company, period in self._get_lead_kpi_domains():
            leads = env["crm.lead"].with_context(active_test=False)
            digest.kpi_lead_sql_value = leads.search_count(of_company & period("sql_at"))

    def _compute_kpi_lead_answers_value(self):
        made = Domain("enrollment_id", "!=", False) & Domain("state", "=", "done")
        for digest, env, of_company, period in self._get_lead_kpi_domains():
            digest.kpi_lead_answers_value = env["lead.touch"].search_count(
                of_company & made & (period("answered_at") | period("meeting_at"))
            )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = f"menu_id={self.env.ref('crm.crm_menu_root').id}"
        funnel = f"lead_nurture.lead_funnel_report_action?{menu}"
        return {
            **actions,
            "kpi_lead_from_shows": funnel,
            "kpi_lead_contacted": funnel,
            "kpi_lead_mql": funnel,
            "kpi_lead_sql": funnel,
            "kpi_lead_answers": f"lead_followup.lead_touch_report_action?{menu}",
        }

    def _compute_kpis(self, company, user):
        """Show the share as a percentage; a share of nobody as a dash, not as zero."""
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"] != "kpi_lead_contacted":
                continue
            for number, (_name, (period, _before)) in enumerate(self._compute_timeframes(company)):
                digest = self.with_context(start_datetime=period[0], end_datetime=period[1])
                digest = digest.with_user(user).with_company(company)
                [(_digest, share)] = digest._get_lead_contacted_shares()
                kpi[f"kpi_col{number + 1}"]["value"] = (
                    "–" if share is False else f"{formatLang(self.env, share, digits=1)}%"
                )
        return kpis

    def _get_lead_contacted_shares(self):
        """Return ``[(digest, share)]``; False where nobody's hours ended in the period."""
        shift = timedelta(hours=-_CONTACT_HOURS)
        shares = []
        for digest, env, of_company, period in self._get_lead_kpi_domains():
            domain = of_company & period("capture_at", shift)
            [[share]] = env["lead.funnel.report"]._read_group(
                domain, [], [f"capture_touch_{_CONTACT_HOURS}_pct:avg"]
            )
            shares.append((digest, share))
        return shares

    def _get_lead_kpi_domains(self):
        """Return ``[(digest, env, domain of its company, domain of its period by field name)]``.

        ``env`` works in the digest's company as well, where the reader belongs to it.

        :raises AccessError: the reader is no salesperson; his digest leaves the figure out.
        """
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(
                self.env._("You are not a salesperson. Ask a sales manager for the right to leads.")
            )
        start, end, _companies = self._get_kpi_compute_parameters()
        start, end = fields.Datetime.to_datetime(start), fields.Datetime.to_datetime(end)

        def period(name, shift=timedelta()):
            if not (start and end):
                return Domain.FALSE
            return Domain(name, ">=", start + shift) & Domain(name, "<", end + shift)

        first_company_id = self.env["res.company"]._get_first_company_id()
        domains = []
        for digest in self:
            company = digest.company_id or self.env.company
            is_of_it = company in self.env.user.company_ids
            env = self.with_company(company).env if is_of_it else self.env
            company_ids = [company.id, False] if company.id == first_company_id else company.ids
            domains.append((digest, env, Domain("company_id", "in", company_ids), period))
        return domains
