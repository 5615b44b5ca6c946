from odoo import fields, models
from odoo.fields import Domain

from .crm_lead_mailing_cap import Addressee
from .crm_lead_reaction import WITH_SALES


class MailingMailing(models.Model):
    """A nurture mailing leaves out whom a salesperson is writing to, and who had enough lately.

    By lead and by address, whatever the mailing goes to. How many are left out is counted when
    somebody asks, and when it is sent: opening its form works out nothing.
    """

    _inherit = "mailing.mailing"

    is_lead_nurture = fields.Boolean(
        "Nurture Mailing",
        help="Leaves out leads that are in a salesperson's cadence or with sales, and those that "
        "were written to as often as the settings allow.",
    )
    # as counted last
    lead_with_sales_count = fields.Integer("With Sales", readonly=True, copy=False)
    lead_over_cap_count = fields.Integer("Written to Lately", readonly=True, copy=False)

    def action_count_lead_left_out(self):
        """Count whom this mailing would leave out now, and tell."""
        self.ensure_one()
        self.check_access("write")
        with_sales, over_cap = self._count_left_out()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Left out: %(with_sales)s with sales, %(over_cap)s written to lately.",
                    with_sales=with_sales,
                    over_cap=over_cap,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _count_left_out(self):
        ids = self.with_context(lead_leave_nobody_out=True)._get_recipients()
        with_sales, over_cap = map(len, self._split_left_out(ids))
        # sudo: numbers of the program, whoever sends
        self.sudo().write({"lead_with_sales_count": with_sales, "lead_over_cap_count": over_cap})
        return with_sales, over_cap

    def _get_recipients(self):
        ids = super()._get_recipients()
        if not self.is_lead_nurture or self.env.context.get("lead_leave_nobody_out"):
            return ids
        with_sales, over_cap = self._split_left_out(ids)
        return [record_id for record_id in ids if record_id not in with_sales | over_cap]

    def _action_send_mail(self, res_ids=None):
        for mailing in self.filtered("is_lead_nurture"):
            if mailing.state in ("draft", "in_queue", "sending") and not res_ids:
                mailing._count_left_out()
        return super()._action_send_mail(res_ids=res_ids)

    def _split_left_out(self, ids):
        """Return ``(ids with sales, ids over the cap)`` of the records this mailing leaves out.

        A fixed number of queries for any number of records.
        """
        self.ensure_one()
        # sudo: whoever sends mailings need not see leads
        records = self.env[self.mailing_model_real].sudo().browse(ids)
        is_lead = records._name == "crm.lead"
        has_address = "email_normalized" in records._fields
        if has_address:
            records.fetch(["email_normalized"])  # not the whole of each, of a hundred thousand
        addressee_by_id = {
            record.id: Addressee(
                record.id if is_lead else 0,
                (record.email_normalized if has_address else "") or "",
            )
            for record in records
        }
        people = set(addressee_by_id.values())
        leads = self.env["crm.lead"].sudo()
        with_sales = self._filter_with_sales(people)
        over_cap = leads._filter_over_mailing_cap(
            people - with_sales, self._get_cap_company(), but_mailing=self
        )
        return (
            {record_id for record_id, one in addressee_by_id.items() if one in with_sales},
            {record_id for record_id, one in addressee_by_id.items() if one in over_cap},
        )

    def _get_cap_company(self):
        return self.user_id.company_id or self.env.company

    def _filter_with_sales(self, people):
        """Return those of ``people`` whom sales is at: by lead, and by the address.

        An open lead that is qualified or accepted, in a salesperson's cadence, or with a track
        that rests because of sales.
        """
        lead_ids = list({one.lead_id for one in people if one.lead_id})
        emails = list({one.email for one in people if one.email})
        enrollments = self.env["lead.cadence.enrollment"].sudo()
        busy = enrollments.search(
            Domain("state", "in", ("active", "paused"))
            & (Domain("lead_id", "in", lead_ids) | Domain("lead_id.email_normalized", "in", emails))
            & (Domain("cadence_id.is_track", "=", False) | Domain("stop_reason", "=", "with_sales"))
        ).lead_id
        busy |= busy.search(
            Domain("lifecycle", "in", WITH_SALES)
            & Domain("won_status", "=", "pending")
            & (Domain("id", "in", lead_ids) | Domain("email_normalized", "in", emails))
        )
        busy_ids, busy_emails = set(busy.ids), set(busy.mapped("email_normalized")) - {False}
        return {one for one in people if one.lead_id in busy_ids or one.email in busy_emails}
