from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

_STANDING = ("planned", "approval", "queued", "sending", "done", "doubtful")
_REACHED = ("outgoing", "process", "pending", "sent", "open", "reply")


class Addressee(NamedTuple):
    """Who a mailing would write to: a lead, an address, or both; each may be missing."""

    lead_id: int
    email: str


class CrmLead(models.Model):
    """How often somebody is written to: by tracks and mailings, as a lead and by the address.

    What a mailing sent and what a track sent or is about to send count alike; an e-mail of a track
    that belongs to a mailing counts once. Two leads of one address are one reader.
    """

    _inherit = "crm.lead"

    @api.model
    def _get_mailing_moments(self, people, since, but_touches=(), but_mailing=None):
        """Return ``{addressee: moments}`` (naive UTC, in order) of what reaches them.

        Three queries for any number of people.

        :param people: of ``Addressee``.
        :param since: what was before is left out.
        :param but_touches: ids of touches that are left out.
        :param but_mailing: whose e-mails are left out.
        """
        lead_ids = list({one.lead_id for one in people if one.lead_id})
        emails = list({one.email for one in people if one.email})
        by_lead, by_email = defaultdict(set), defaultdict(set)
        for touch in self._search_track_touches(lead_ids, emails, since, but_touches):
            moment = (touch.done_at or touch.planned_at, "touch", touch.id)
            by_lead[touch.lead_id.id].add(moment)
            by_email[touch.lead_id.email_normalized].add(moment)
        for trace in self._search_mailing_traces(lead_ids, emails, since, but_mailing):
            moment = (trace.sent_datetime or trace.create_date, "trace", trace.id)
            if trace.model == self._name:
                by_lead[trace.res_id].add(moment)
            by_email[trace.email].add(moment)
        return {
            one: [
                moment
                for moment, _what, _id in sorted(
                    (by_lead[one.lead_id] if one.lead_id else set())
                    | (by_email[one.email] if one.email else set())
                )
            ]
            for one in people
        }

    @api.model
    def _search_track_touches(self, lead_ids, emails, since, but_touches):
        """Return the e-mails of tracks that have reached one of these, or are about to."""
        # sudo: it counts how often somebody is written to, not who may see it
        touches = self.env["lead.touch"].sudo()
        return touches.search_fetch(
            Domain("channel", "=", "email")
            & Domain("state", "in", _STANDING)
            & Domain("id", "not in", list(but_touches))
            & Domain("enrollment_id.cadence_id.is_track", "=", True)
            & (Domain("lead_id", "in", lead_ids) | Domain("lead_id.email_normalized", "in", emails))
            & (
                Domain("done_at", ">", since)
                | (Domain("done_at", "=", False) & Domain("planned_at", ">", since))
            ),
            ["lead_id", "done_at", "planned_at", "mail_id"],
        )

    @api.model
    def _search_mailing_traces(self, lead_ids, emails, since, but_mailing):
        """Return what mailings have sent one of these, without what is an e-mail of a touch."""
        traces = self.env["mailing.trace"].sudo()  # sudo: as above
        traces = traces.search_fetch(
            Domain("trace_status", "in", _REACHED)
            & Domain("is_test_trace", "!=", True)
            & (
                (Domain("model", "=", self._name) & Domain("res_id", "in", lead_ids))
                | Domain("email", "in", emails)
            )
            & (
                Domain("sent_datetime", ">", since)
                | (Domain("sent_datetime", "=", False) & Domain("create_date", ">", since))
            ),
            ["model", "res_id", "email", "sent_datetime", "create_date", "mass_mailing_id"],
        )
        mail_ids = set(traces.mapped("mail_mail_id_int")) - {0}
        touches = self.env["lead.touch"].sudo()
        of_touches = set(
            touches.search([("mail_id", "in", list(mail_ids))]).mail_id.ids if mail_ids else ()
        )
        return traces.filtered(
            lambda trace: (
                trace.mail_mail_id_int not in of_touches
                and not (but_mailing and trace.mass_mailing_id == but_mailing)
            )
        )

    def _get_addressees(self):
        """Return ``{lead: addressee}``."""
        return {lead: Addressee(lead.id, lead.email_normalized or "") for lead in self}

    def _get_next_mailing_at(self, company, but_touches=()):
        """Return ``{lead: moment}`` from which the cap of ``company`` lets a mailing go to it.

        Leads to which one may go now are left out.
        """
        cap, days = company.lead_mailing_cap, company.lead_mailing_cap_days
        if not cap or not self:
            return {}
        now = fields.Datetime.now()
        span = timedelta(days=days)
        people = self._get_addressees()
        moments = self._get_mailing_moments(set(people.values()), now - span, but_touches)
        found = {}
        for lead, addressee in people.items():
            standing = moments[addressee]
            if len(standing) >= cap:
                found[lead] = standing[-cap] + span
        return {lead: moment for lead, moment in found.items() if moment > now}

    @api.model
    def _filter_over_mailing_cap(self, people, company, but_touches=(), but_mailing=None):
        """Return those of ``people`` (``Addressee``) who have had as much as the cap allows.

        Only what was sent counts, or is in the mail queue of a mailing.
        """
        cap, days = company.lead_mailing_cap, company.lead_mailing_cap_days
        if not cap:
            return set()
        now = fields.Datetime.now()
        moments = self._get_mailing_moments(
            people, now - timedelta(days=days), but_touches, but_mailing
        )
        return {
            one
            for one, standing in moments.items()
            if len([moment for moment in standing if moment <= now]) >= cap
        }
