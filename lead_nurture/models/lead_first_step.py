from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_list

from odoo.addons.lead_scoring.models.lead_first_step import Finding


class LeadFirstStep(models.Model):
    """Also: what becomes of leads that are not ready or were lost, and of customers."""

    _inherit = "lead.first.step"

    @api.model
    def _get_findings(self, company):
        return {
            **super()._get_findings(company),
            "nurture": self._find_nurture(company),
            "customers": self._find_customers(company),
        }

    @api.model
    def _get_cadences(self, company):
        """Tracks have a step of their own."""
        return super()._get_cadences(company).filtered(lambda cadence: not cadence.is_track)

    @api.model
    def _find_nurture(self, company):
        label_by_way = dict(
            self.env["lead.recycle.rule"]._fields["way"]._description_selection(self.env)
        )
        rules = self.env["lead.recycle.rule"].search(self._get_shared_domain(company))
        on = [way for way in label_by_way if company[f"lead_recycle_{way}"]]
        ruled = [way for way in on if way in rules.mapped("way")]
        starts = self._describe_lost_before(company)
        if not on:
            return Finding("off", self.env._("No lead goes on by itself: Settings → CRM."), starts)
        texts = [
            self.env._(
                "Taken up by themselves: %s.",
                format_list(self.env, [label_by_way[way] for way in ruled], "unit"),
            )
            if ruled
            else self.env._("No rule says what becomes of them."),
            self.env._("They belong to %s.", company.lead_marketing_user_id.name)
            if company.lead_marketing_user_id
            else self.env._("They belong to nobody: name an owner in Settings → CRM."),
        ]
        is_done = ruled and company.lead_marketing_user_id
        return Finding("done" if is_done else "todo", " ".join(texts), starts)

    @api.model
    def _describe_lost_before(self, company):
        leads = self.env["crm.lead"].with_context(active_test=False)
        count = leads.search_count(
            self._get_lead_domain(company)
            & Domain("won_status", "=", "lost")
            & leads._get_never_recycled_domain()
        )
        if not count:
            return self.env._("No lead lost before waits to be taken up.")
        return self.env._(
            "Leads lost before, which stay as they are: %s. “Leads Lost Before…” on a rule says "
            "how many it would take up, and asks.",
            count,
        )

    @api.model
    def _find_customers(self, company):
        track = company.lead_after_sale_track_id
        texts = [
            self.env._("Leads won from now on enter “%s”.", track.name)
            if track
            else self.env._("Nothing is sent after a sale.")
        ]
        if company.lead_repeat_sales:
            texts.append(self.env._("Who is due to buy again becomes an opportunity."))
        won = self.env["crm.lead"].search_count(
            self._get_lead_domain(company) & Domain("won_status", "=", "won")
        )
        starts = self.env._(
            "Leads won so far: %s. They enter by “After the Sale…” in the list of leads, which "
            "says how many it takes up, and asks.",
            won,
        )
        is_on = track or company.lead_repeat_sales
        return Finding("done" if is_on else "off", " ".join(texts), won and starts or "")
