from datetime import timedelta

from odoo import fields, models

from .untracked import UNTRACKED


class CrmLead(models.Model):
    """Somebody who was lost, or put away, shows up again: his lead is taken up anew.

    One way for all doors: a file, “Import records”, a web form, an e-mail, a letter that was
    answered. The history stays; the owner stays if he is still there and not away for long, else
    the lead is nobody's and is assigned anew; the rotation counts one more; engagement and the
    clock of the first contact begin again. A lead archived by hand is put away, not lost, and is
    treated alike: left archived it would swallow its visitor. Who must not be contacted is left
    where he is.
    """

    _inherit = "crm.lead"

    def _is_put_away(self):
        """Tell whether this lead was lost, or archived by hand, and not won."""
        self.ensure_one()
        return not self.active and self.won_status != "won"

    def _filter_revivable(self):
        """Return those that a sign of life takes up again."""
        return self.filtered(lambda lead: lead._is_put_away() and not lead.do_not_contact)

    def _revive(self, reason=False, since_by_lead=None):
        """Take up again those of these leads that were lost or put away, and return them.

        The clock runs as for somebody who comes to us now; a visit that follows sets its own.

        :param reason: noted in the chatter; left out where the caller tells it in a note of his.
        :param since_by_lead: ``{lead: when the sign of life was}``, now for those left out; from
            then on its engagement counts.
        """
        leads = self._filter_revivable()
        if not leads:
            return leads
        leads = leads.with_context(**UNTRACKED, **_QUIET)
        since_by_lead = since_by_lead or {}
        now = fields.Datetime.now()
        for (rotation, since, _company), mine in leads.grouped(
            lambda lead: (lead.rotation, since_by_lead.get(lead, now), lead.company_id)
        ).items():
            mine._reopen(rotation + 1, since)
        # Odoo lets a lost lead keep its probability of nothing: restored it is judged anew
        for probability, mine in leads.grouped("automated_probability").items():
            mine.write({"probability": probability})
        gone = leads._filter_owner_gone()
        if gone:
            gone.write({"user_id": False})
        if reason:
            leads._message_log_batch(bodies={lead.id: reason for lead in leads})
        return leads.with_env(self.env)

    def _filter_owner_gone(self):
        """Return those whose salesperson has left, is away for long, or left all his teams.

        Who never was a member of a team stays: small companies keep none.
        """
        owned = self.filtered("user_id")
        # sudo: of memberships only whether they are there counts
        members = self.env["crm.team.member"].sudo().with_context(active_test=False)
        members = members.search([("user_id", "in", owned.user_id.ids)])
        gone = members.user_id - members.filtered("active").user_id
        return owned.filtered(lambda lead: lead.user_id in gone or not lead.user_id._is_there())

    def _reopen(self, rotation, since):
        """Open these anew; what they once did no longer qualifies them, the sign of life may."""
        self.filtered(lambda lead: not lead.not_a_buyer).write(
            {"lifecycle": "inquiry", "lifecycle_at": since - _MOMENT}
        )
        self.write({"rotation": rotation, "engagement_since": since})
        self.action_unarchive()
        self.write(
            {
                "lost_reason_id": False,
                "date_closed": False,
                **self._prepare_restarted_clock_vals(),
            }
        )

    def _prepare_restarted_clock_vals(self):
        """Return the clock of these leads of one company, which turn to us again now."""
        return {
            "first_touch_deadline": self._get_elsewhere_deadline(self.company_id[:1]),
            "first_touch_at": False,
            "first_human_touch_at": False,
        }


# nobody is told of a lead that was taken off him, nor is that an answer to an offer
_QUIET = {"mail_auto_subscribe_no_notify": True, "lead_offering": True}
_MOMENT = timedelta(seconds=1)  # a request counts where it is later than the lifecycle
