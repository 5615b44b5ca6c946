import logging
from datetime import datetime, timedelta

from odoo import fields, models

_logger = logging.getLogger(__name__)

_ROUND = timedelta(minutes=1)


class WebsiteVisitor(models.Model):
    """A visitor who is a lead looks at a page: noted soon, and never in the page's way."""

    _inherit = "website.visitor"

    def _get_visitor_from_request(self, force_create=False, force_track_values=None):
        visitor = super()._get_visitor_from_request(
            force_create=force_create, force_track_values=force_track_values
        )
        if visitor and force_track_values:
            visitor._wake_page_views()
        return visitor

    def _add_tracking(self, domain, website_track_values):
        result = super()._add_tracking(domain, website_track_values)
        self._wake_page_views()
        return result

    def _wake_page_views(self):
        """Have the visits of leads noted within minutes, once for all that fall together."""
        try:
            with self.env.cr.savepoint():
                visitor = self.sudo()  # a visitor has no rights
                cron = self.env.ref("lead_scoring_website.ir_cron_note_page_views")
                if not (visitor.lead_ids or visitor.partner_id):
                    return
                now = fields.Datetime.now()
                moment = now - (now - datetime.min) % _ROUND + _ROUND
                standing = self.env["ir.cron.trigger"].sudo()
                if not standing.search_count(
                    [("cron_id", "=", cron.id), ("call_at", "=", moment)], limit=1
                ):
                    cron.sudo()._trigger(at=moment)
        except Exception:  # the page is shown whatever happens here
            _logger.exception("The visit of %s could not be noted", self)

    def _get_visiting_leads(self):
        """Return ``{visitor: leads}``: the open leads it is, else the one open lead of its contact.

        Two queries for any number of visitors.
        """
        open_leads = self.lead_ids.filtered(
            lambda lead: lead.active and lead.won_status == "pending"
        )
        leads_by_partner = (
            self.env["crm.lead"]
            .search([("partner_id", "in", self.partner_id.ids), ("won_status", "=", "pending")])
            .grouped("partner_id")
        )
        found = {}
        for visitor in self:
            own = visitor.lead_ids & open_leads
            of_partner = (
                leads_by_partner.get(visitor.partner_id, own) if visitor.partner_id else own
            )
            found[visitor] = own or (of_partner if len(of_partner) == 1 else own)
        return found
