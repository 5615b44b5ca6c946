from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..tools import content

_GIVEN = ("approval", "queued", "sending", "done", "doubtful")
_REACHED = ("outgoing", "process", "pending", "sent", "open", "reply")


class CrmLead(models.Model):
    """Which pieces of content a lead has had, as a lead and by its address, and who it is to them.

    What a track gave counts, is about to give, or what its sender did not approve; likewise what a
    mailing sent by itself. What came back, failed or was withdrawn was not had; what can't be
    written for a lead is not tried again until its text is another.
    """

    _inherit = "crm.lead"

    def _get_content_had(self):
        """Return ``{lead: set of ids of pieces}``; a fixed number of queries."""
        by_lead, by_email = defaultdict(set), defaultdict(set)
        addresses = list(set(self.mapped("email_normalized")) - {False})
        for touch in self._search_content_touches(addresses):
            piece = touch.content_id._get_piece().id
            by_lead[touch.lead_id.id].add(piece)
            by_email[touch.lead_id.email_normalized].add(piece)
        for trace in self._search_content_traces(addresses):
            piece = trace.mass_mailing_id._get_piece().id
            if trace.model == self._name and trace.trace_status != "bounce":
                by_lead[trace.res_id].add(piece)
            by_email[trace.email].add(piece)
        return {
            lead: by_lead[lead.id] | by_email.get(lead.email_normalized or None, set())
            for lead in self
        }

    def _get_content_failing(self):
        """Return ``{lead: ids of pieces}`` that can't be written for it as they are; few queries.

        For another lead of the address they may not fail.
        """
        # sudo: whoever works with leads need not see what failed, nor mailings
        touches = self.env["lead.touch"].sudo()
        found = {lead: set() for lead in self}
        for touch in touches.search(
            touches._get_content_fault_domain() & Domain("lead_id", "in", self.ids)
        ):
            if not touch._is_content_fault_mended():
                found[touch.lead_id.with_env(self.env)].add(touch.content_id._get_piece().id)
        return found

    def _search_content_touches(self, addresses):
        # sudo: what an address has had counts, whoever's lead it was
        touches = self.env["lead.touch"].sudo()
        standing = (
            Domain("state", "in", _GIVEN)
            | Domain("is_laid_aside", "=", True)
            | Domain("reason", "=", "rejected")
        ) & Domain("outcome", "!=", "bounced")
        return touches.search_fetch(
            Domain("content_id", "!=", False)
            & (
                Domain("lead_id", "in", self.ids)
                | Domain("lead_id.email_normalized", "in", addresses)
            )
            & standing,
            ["lead_id", "content_id"],
        )

    def _search_content_traces(self, addresses):
        # sudo: whoever works with leads need not see mailings
        traces = self.env["mailing.trace"].sudo()
        return traces.search_fetch(
            Domain("mass_mailing_id.is_lead_content", "=", True)
            & Domain("is_test_trace", "!=", True)
            & Domain("trace_status", "in", (*_REACHED, "bounce"))
            & (
                (Domain("model", "=", self._name) & Domain("res_id", "in", self.ids))
                | Domain("email", "in", addresses)
            ),
            ["model", "res_id", "email", "trace_status", "mass_mailing_id"],
        )

    def _as_content_reader(self, company, had):
        """Return this lead as ``content.Reader``.

        :param had: ids of the pieces it has had.
        """
        self.ensure_one()
        return content.Reader(
            lang=self.lang_id.code or "",
            home_lang=company.partner_id.lang or "",
            interests=frozenset(self.interest_ids.ids),
            segments=frozenset(self.segment_ids.ids),
            stage=self.lifecycle or "",
            had=frozenset(had),
        )
