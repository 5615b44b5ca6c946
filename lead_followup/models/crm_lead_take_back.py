from odoo import fields, models

_OFFERED = ("mql", "sql")  # lifecycles whose leads the assignment rules may offer


class CrmLead(models.Model):
    """Leads that are taken from a salesperson who does not, or can not, look after them.

    A qualified lead is offered to the next by the assignment rules, never to whoever had it, is
    away or has his full share. All hand-overs are kept, and his says why it ended. A lead that
    was accepted is offered once more and keeps the day it qualified on.
    """

    _inherit = "crm.lead"

    def _is_for_the_rules(self):
        """Tell whether the assignment rules may offer this lead to others."""
        self.ensure_one()
        return self.lifecycle in _OFFERED and self._get_settings_company().lead_offer_enabled

    def _take_back(self, why):
        """Take these leads from their salespeople and offer them to others.

        :param why: a word of ``taken_back_why``.
        :return: those that nobody could take; they wait for assignment, with the reason.
        """
        self._note_taken_back(why)
        self._close_offers("expired")
        accepted = self.filtered(lambda lead: lead.lifecycle == "sql")
        for mql_at, leads in accepted.grouped("mql_at").items():
            leads.write({"lifecycle": "mql", "mql_at": mql_at or fields.Datetime.now()})
        self._free_owner()
        self._offer_qualified()
        return self.filtered(lambda lead: not lead.user_id)

    def _note_taken_back(self, why):
        """Write on each owner's last hand-over that the lead was taken back; else make one."""
        now = fields.Datetime.now()
        taken = {"taken_back_at": now, "taken_back_why": why}
        last_by_key = {}
        handovers = self.env["lead.handover"].sudo()  # the history is kept by the program alone
        for handover in handovers.search(
            [("lead_id", "in", self.ids), ("taken_back_at", "=", False)]
        ):
            last_by_key.setdefault((handover.lead_id, handover.user_id), handover)
        known = handovers.union(
            *(last_by_key.get((lead, lead.user_id), handovers) for lead in self)
        )
        known.write(taken)
        handovers.create(
            [
                {
                    **lead._prepare_handover_vals(lead.user_id, state="accepted"),
                    "offered_at": lead.date_open or now,
                    **taken,
                }
                for lead in self - known.lead_id
            ]
        )
