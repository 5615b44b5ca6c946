from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import show_figures


class CrmLead(models.Model):
    """The leads behind a number of a show's scorecard."""

    _inherit = "crm.lead"

    show_figure = fields.Char(
        compute="_compute_show_figure",
        search="_search_show_figure",
        export_string_translation=False,
        help="JSON: [figure, show id, until when (UTC) or null for up to now, [names of those who "
        "met the visitors, all if empty]].",
    )

    def _compute_show_figure(self):
        self.show_figure = False

    def _search_show_figure(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_show_figure_domain(text) for text in value)

    def _get_show_figure_domain(self, text):
        shows = self.env["lead.trade.show"].with_context(active_test=False)
        try:
            name, show_id, until, staff = show_figures.parse(text)
        except ValueError:
            name = None
        if not shows._is_figure(name):
            raise UserError(
                self.env._(
                    "There is no figure “%s” here. Choose one of a scorecard.", str(text)[:100]
                )
            )
        # searched, not browsed: who may not see a show finds nobody by it
        show = shows.search([("id", "=", show_id)])
        if not show:
            return Domain.FALSE
        self.env.flush_all()
        return Domain("id", "in", show._get_figure_leads_sql(name, until, staff))
