from odoo import api, models


class CrmLead(models.Model):
    """Takes work on an offered lead for its acceptance: who works on it has it."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    def _get_worked_on(self, vals):
        """Give those of these offered leads on which writing ``vals`` is work.

        Work is to convert them or to move their stage: by the owner, or by anyone whose right it
        is; what the program does by itself is no work.
        """
        if "stage_id" not in vals and vals.get("type") != "opportunity":
            return self.browse()
        return self.filtered(
            lambda lead: (
                lead.lifecycle == "mql"
                and lead.user_id
                and (lead.user_id == self.env.user or not self.env.su)
                and (
                    (vals.get("type") == "opportunity" and lead.type != "opportunity")
                    or ("stage_id" in vals and lead.stage_id.id != vals["stage_id"])
                )
            )
        )

    def _accept_by_work(self):
        """Accept the open offers of these leads; those without one are left as they are."""
        leads = self.sudo().filtered(lambda lead: lead.lifecycle == "mql")  # history is not theirs
        offered = leads.filtered(
            lambda lead: any(
                offer.state == "offered" and offer.user_id == lead.user_id
                for offer in lead.handover_ids
            )
        )
        if offered:
            offered._become_accepted()

    @api.model
    def _get_worked_leads(self):
        """Give the leads whose offer is due for a reminder or older, and is being worked on."""
        offers = self._get_overdue_offers("lead_offer_remind_hours")
        return self._filter_worked_offers(offers).lead_id

    @api.model
    def _filter_worked_offers(self, offers):
        """Give those of ``offers`` that were followed by work of the one they were made to.

        A conversion, a stage moved, an activity done, or a message to the customer, since the
        offer. Two queries. A note is no work, nor is a mail that a program sends in his name.
        """
        if not offers:
            return offers
        messages = self.env["mail.message"].search_fetch(
            [
                ("model", "=", "crm.lead"),
                ("res_id", "in", offers.lead_id.ids),
                ("create_uid", "in", offers.user_id.ids),
                ("date", ">=", min(offers.mapped("offered_at"))),
                "|",
                ("mail_activity_type_id", "!=", False),
                "|",
                ("message_type", "=", "email_outgoing"),
                "&",
                "&",
                ("message_type", "=", "comment"),
                ("is_internal", "=", False),
                ("subtype_id.internal", "=", False),
            ],
            ["res_id", "create_uid", "date"],
        )
        last_by_work = {}
        for message in messages:
            key = (message.res_id, message.create_uid.id)
            last_by_work[key] = max(message.date, last_by_work.get(key, message.date))
        return offers.filtered(
            lambda offer: (
                last_by_work.get((offer.lead_id.id, offer.user_id.id), offer.offered_at)
                > offer.offered_at
                or (
                    offer.lead_id.type == "opportunity"
                    and offer.lead_id.date_conversion
                    and offer.lead_id.date_conversion > offer.offered_at
                )
            )
        )
