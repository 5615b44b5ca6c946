from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class LeadRecycle(models.Model):
    """Which ends of a road are recycled at all: each way has its switch in the company's settings.

    A lost lead gets its row in any case, for its history. The other ways make none while they are
    switched off; whatever ended before the switch stays as it is.
    """

    _inherit = "lead.recycle"

    _UNQUALIFIED_BATCH = 500  # leads a transaction

    def _judge_where_switched_on(self):
        """Judge these rows; where their company recycles no such leads they say so."""
        on = self.filtered(lambda row: row._is_switched_on())
        on._judge()
        (self - on).write(
            {"state": "never", "reason": "switched_off", "rule_id": False, "rest_until": False}
        )

    def _is_switched_on(self):
        self.ensure_one()
        return self.lead_id._get_settings_company()[f"lead_recycle_{self.way}"]

    def _refuse(self):
        """End these live rows: their leads must not be contacted."""
        enrollments = self.enrollment_id
        self.write({"state": "never", "reason": "do_not_contact", "rest_until": False})
        enrollments._stop("do_not_contact")

    @api.model
    def _open_for_nurture(self, leads, way, reasons=None):
        """Recycle open ``leads`` that ended by ``way``, where their company says so.

        :return: their rows.
        """
        leads = leads.filtered(
            lambda lead: (
                lead.active
                and lead.won_status == "pending"
                and lead._get_settings_company()[f"lead_recycle_{way}"]
            )
        )
        if not leads:
            return self.browse()
        rows = self._open(leads, way, reasons=reasons)
        rows._judge()
        return rows

    @api.model
    def _cron_recycle(self):
        self._take_unqualified()
        return super()._cron_recycle()

    @api.model
    def _take_unqualified(self):
        """Recycle inquiries that nobody works on and that have not become more for long enough."""
        for company in self.env["res.company"].search([("lead_recycle_unqualified", "=", True)]):
            domain, last_id = self._get_unqualified_domain(company), 0
            while leads := self.env["crm.lead"].search(
                domain & Domain("id", ">", last_id), order="id", limit=self._UNQUALIFIED_BATCH
            ):
                last_id = leads[-1].id
                self._open_for_nurture(leads, "unqualified")
                if not self.env["ir.cron"]._commit_progress():
                    return

    @api.model
    def _get_unqualified_domain(self, company):
        """Return which leads of ``company`` are not qualified, and were not before its switch."""
        now = fields.Datetime.now()
        before = now - timedelta(days=company.lead_recycle_unqualified_days)
        return (
            Domain("lifecycle", "=", "inquiry")
            & Domain("won_status", "=", "pending")
            & Domain("user_id", "in", [False, company.lead_marketing_user_id.id])
            & Domain("create_date", ">=", company.lead_recycle_unqualified_since or now)
            & Domain("create_date", "<=", before)
            & Domain("enrollment_ids", "=", False)
            & Domain("recycle_ids", "=", False)
            & self.env["lead.score.rule"]._get_company_domain(company.id)
        )
