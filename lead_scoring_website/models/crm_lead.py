from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.fields import Domain

NOTED_UNTIL = "lead_scoring_website.noted_until"
_OVERLAP = timedelta(minutes=30)  # a page may take so long to be noted by Odoo itself
_BATCH = 1000  # page views a transaction


class CrmLead(models.Model):
    """Page views of visitors who are leads become events, once a page and day.

    Odoo notes the views of tracked pages; from there they are taken in the background. The same
    view taken twice is one event.
    """

    _inherit = "crm.lead"

    @api.model
    def _cron_note_page_views(self):
        """Note the page views since the last run on their leads, those of long ago first.

        What is done is marked with each batch: out of time, the next run goes on from there.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        now = fields.Datetime.now()
        since = fields.Datetime.to_datetime(parameters.get_param(NOTED_UNTIL)) or now
        of_leads = Domain("visitor_id.lead_ids", "!=", False) | Domain(
            "visitor_id.partner_id", "!=", False
        )
        new = Domain("visit_datetime", ">=", since - _OVERLAP) & of_leads
        order = "visit_datetime, id"
        cron, tracks = self.env["ir.cron"], self.env["website.track"]
        cron._commit_progress(remaining=tracks.search_count(new))
        while batch := tracks.search(new, order=order, limit=_BATCH):
            self._note_page_views(batch)
            last = batch[-1]
            later = Domain("visit_datetime", "=", last.visit_datetime) & Domain("id", ">", last.id)
            new = (later | Domain("visit_datetime", ">", last.visit_datetime)) & of_leads
            # what Odoo itself may yet note is older than now by no more than the overlap
            parameters.set_param(NOTED_UNTIL, min(last.visit_datetime + _OVERLAP, now))
            if not cron._commit_progress(len(batch)):
                return
        parameters.set_param(NOTED_UNTIL, now)

    @api.model
    def _note_page_views(self, tracks):
        """Make events of these views; those of a page on one day are one."""
        leads_by_visitor = tracks.visitor_id._get_visiting_leads()
        vals_by_ref = {}
        for track in tracks:
            page = track.page_id
            path = urlsplit(track.url or "").path or "/"
            for lead in leads_by_visitor[track.visitor_id]:
                ref = f"page,{page.id or path},{track.visit_datetime.date()},{lead.id}"
                vals = {
                    **page._prepare_visit_vals(),
                    "lead_id": lead.id,
                    "occurred_at": track.visit_datetime,
                    "ref": ref,
                }
                vals["note"] = (vals["note"] or path)[:200]
                vals_by_ref.setdefault(ref, vals)
        events = self.env["lead.event"]
        new = events.browse(events._log(list(vals_by_ref.values())))
        new.lead_id._update_scores()
