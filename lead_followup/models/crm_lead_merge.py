from odoo import models
from odoo.tools import SQL

_CONTACTS = ("first_touch_at", "first_human_touch_at")


def _get_first(fname, records, since=False):
    moments = [at for at in records.mapped(fname) if at and (not since or at >= since)]
    return min(moments, default=False)


class CrmLead(models.Model):
    """What of ours moves along when leads are merged: visits, touches, links, one live cadence.

    Its first contact is the first of them all; one that was taken up again is owed its own.
    """

    _inherit = "crm.lead"

    def _merge_get_fields_specific(self):
        def get_first_contact(fname, leads):
            return _get_first(fname, leads, since=leads[:1].engagement_since)

        return {
            **super()._merge_get_fields_specific(),
            **dict.fromkeys(_CONTACTS, get_first_contact),
        }

    def _merge_data(self, fnames=None):
        data = super()._merge_data(fnames)
        for fname in _CONTACTS:
            if fname in data and data[fname] == self[:1][fname]:
                del data[fname]
        return data

    def _merge_dependences(self, opportunities):
        """Move visits, enrollments, rows and links; of several live cadences the head's goes on.

        One query where there is nothing to move: merging is on Odoo's own way of assigning.
        """
        result = super()._merge_dependences(opportunities)
        tail = opportunities - self
        if tail and tail._has_followup():
            self.sudo()._take_followup(tail.sudo())  # sudo: merging is allowed, touches are not
        self._stop_for_meeting()
        return result

    def _has_followup(self):
        """Tell whether one of these has anything of ours that moves along."""
        self.env.flush_all()
        found = [
            SQL(
                "EXISTS (SELECT 1 FROM %s WHERE lead_id IN %s)",
                SQL.identifier(table),
                tuple(self.ids),
            )
            for table in self._get_followup_tables()
        ]
        [(has_any,)] = self.env.execute_query(SQL("SELECT %s", SQL(" OR ").join(found)))
        return has_any

    def _get_followup_tables(self):
        """Return the tables whose rows of a lead move along; others may add theirs."""
        return (
            "lead_show_visit",
            "lead_cadence_enrollment",
            "lead_touch",
            "lead_import_row",
            "lead_public_link",
            "lead_referral",
            "lead_referral_friend_rel",
        )

    def _take_followup(self, tail):
        self.ensure_one()
        live = tail.enrollment_id
        if not self.enrollment_id:
            live -= live[:1]
        live._stop("merged")
        for visit in tail.visit_ids:
            own = self.visit_ids.filtered("trade_show_id").filtered(
                lambda own, show=visit.trade_show_id: own.trade_show_id == show
            )
            if not own:
                visit.lead_id = self
                continue
            for fname in _CONTACTS:
                own[fname] = _get_first(fname, own | visit)
        tail.touch_ids.lead_id = self
        tail.enrollment_ids.lead_id = self
        self.enrollment_id._stop_where_closed()
        rows = self.env["lead.import.row"].search([("lead_id", "in", tail.ids)])
        rows.lead_id = self
        # those that went out in e-mails go on to work
        self.env["lead.public.link"].search([("lead_id", "in", tail.ids)]).lead_id = self
        self._pass_on_touches()
