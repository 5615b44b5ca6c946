from odoo import models
from odoo.tools import SQL


class CrmLead(models.Model):
    """What of ours moves along when leads are merged: visits, touches, one live cadence."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        """Move visits, enrollments and imported rows; of several live cadences the head's goes on.

        One query where there is nothing to move: merging is on Odoo's own way of assigning.
        """
        result = super()._merge_dependences(opportunities)
        tail = opportunities - self
        if tail and tail._has_followup():
            self.sudo()._take_followup(tail.sudo())  # sudo: merging is allowed, touches are not
        self._stop_for_meeting()
        return result

    def _has_followup(self):
        """Tell whether one of these has a visit, an enrollment, a touch or an imported row."""
        self.env.flush_all()
        [(found,)] = self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT 1 FROM lead_show_visit WHERE lead_id IN %(ids)s)
                       OR EXISTS (SELECT 1 FROM lead_cadence_enrollment WHERE lead_id IN %(ids)s)
                       OR EXISTS (SELECT 1 FROM lead_touch WHERE lead_id IN %(ids)s)
                       OR EXISTS (SELECT 1 FROM lead_import_row WHERE lead_id IN %(ids)s)""",
                ids=tuple(self.ids),
            )
        )
        return found

    def _take_followup(self, tail):
        self.ensure_one()
        live = tail.enrollment_id
        if not self.enrollment_id:
            live -= live[:1]
        live._stop("merged")
        for visit in tail.visit_ids:
            if not visit.trade_show_id or visit.trade_show_id not in self.visit_ids.trade_show_id:
                visit.lead_id = self
        tail.touch_ids.lead_id = self
        tail.enrollment_ids.lead_id = self
        self.enrollment_id._stop_where_closed()
        rows = self.env["lead.import.row"].search([("lead_id", "in", tail.ids)])
        rows.lead_id = self
        self._pass_on_touches()
