import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Domain

from ..tools import mail_hits
from .lead_mail_hit import to_seconds

_logger = logging.getLogger(__name__)


class MailingTrace(models.Model):
    """What became of a mailing's e-mail is told to the lead it went to.

    To a lead by its id; to a contact or a partner by the address, where one open lead of the
    mailing's company has it.
    A click opens a mail as well, and so does an answer: that is no second event.
    """

    _inherit = "mailing.trace"

    lead_hit_ids = fields.One2many("lead.mail.hit", "trace_id")

    def set_opened(self, domain=None):
        traces = super().set_opened(domain=domain)
        if not self.env.context.get("lead_hit_noted"):
            self.env["lead.mail.hit"].sudo()._note(traces, "open")  # sudo: a reader is no user
        return traces

    def set_clicked(self, domain=None):
        traces = super().set_clicked(domain=domain)
        if not self.env.context.get("lead_hit_noted"):
            self.env["lead.mail.hit"].sudo()._note(traces, "click")  # sudo: a reader is no user
        return traces

    def set_replied(self, domain=None):
        """Note the reply, unless the mail gateway is at it, which knows the message itself."""
        traces = super().set_replied(domain=domain)
        if not self.env.context.get("lead_hit_noted"):
            traces._note_on_leads("reply")
        return traces

    def set_bounced(self, domain=None, bounce_message=False):
        traces = super().set_bounced(domain=domain, bounce_message=bounce_message)
        traces._note_on_leads("bounce")
        return traces

    def _note_on_leads(self, kind):
        """Note on each lead, once a mail, that it was answered or came back; never fails."""
        try:
            with self.env.cr.savepoint():
                # sudo: whoever sends mailings need not see leads
                leads_by_trace = self.sudo()._get_leads()
                self.env["lead.event"].sudo()._log(
                    [
                        {
                            "lead_id": lead.id,
                            "kind": kind,
                            "ref": f"{kind},trace,{trace.id}",
                            "note": trace.sudo().mass_mailing_id.subject,
                        }
                        for trace, lead in leads_by_trace.items()
                    ]
                )
        except OperationalError:
            raise  # two transactions met: Odoo tries again
        except Exception:
            _logger.exception("What became of %s could not be noted on its leads", self)

    def _judge_hits_apart(self):
        """Judge the hits of these mails; where one can't be, the others still are."""
        try:
            with self.env.cr.savepoint():
                self._judge_hits()
        except OperationalError:
            _logger.info("Others were at work, judged at the next run: %s", self)
        except Exception:
            if len(self) > 1:
                for trace in self:
                    trace._judge_hits_apart()
                return
            _logger.exception("Hits of a mail could not be judged: %s", self)
            self.lead_hit_ids.is_judged = True  # what was noted stays; it is not met for ever

    def _judge_hits(self):
        """Make events of the hits of these mails, or judge those that are there anew.

        A fixed number of queries for any number of mails.
        """
        lead_by_trace = self._get_leads()
        link_count_by_mailing = self._get_link_counts()
        vals_by_ref = {}
        for trace, lead in lead_by_trace.items():
            link_count = link_count_by_mailing.get(trace.mass_mailing_id, 0)
            vals_by_ref |= trace._prepare_hit_events(lead, link_count)
        events = self.env["lead.event"]
        known = events.search([("ref", "in", list(vals_by_ref))])
        raised = events
        for event in known:
            vals = vals_by_ref.pop(event.ref)
            if self._is_surer(event, vals):
                continue
            if event._judge_anew(vals["confidence"], vals["occurred_at"]):
                raised |= event
        self.lead_hit_ids.filtered(lambda hit: not hit.is_judged).is_judged = True
        events._log(list(vals_by_ref.values()))
        if vals_by_ref or raised:
            raised._note_news()
            self.env["crm.lead"].union(*lead_by_trace.values())._update_scores()

    def _is_surer(self, event, vals):
        """Tell whether ``event`` comes of a hit that is kept no more, and was no less human."""
        rank = mail_hits.GRADES.index
        trace = self.browse(int(event.ref.split(",")[1]))
        return (
            event.confidence in mail_hits.GRADES
            and rank(event.confidence) >= rank(vals["confidence"])
            and event.occurred_at not in trace.lead_hit_ids.mapped("occurred_at")
        )

    def _prepare_hit_events(self, lead, link_count):
        """Return ``{ref: values}`` of the events that the hits of this mail come to."""
        self.ensure_one()
        hits = self.lead_hit_ids.sorted(lambda hit: (hit.occurred_at, hit.id))
        grades = mail_hits.grade_hits(
            [hit._as_tool_hit() for hit in hits],
            link_count,
            to_seconds(self.sent_datetime) if self.sent_datetime else None,
        )
        graded = {}
        for hit, grade in zip(hits, grades, strict=True):
            if not hit.is_trap:
                graded.setdefault((hit.kind, hit.link_id), []).append((hit, grade))
        vals_by_ref = {}
        for (kind, link), mine in graded.items():
            best = mail_hits.best_grade([grade for _hit, grade in mine])
            first = next(hit for hit, grade in mine if grade == best)
            ref = f"{kind},{self.id}" + (f",{link.id}" if link else "")
            vals_by_ref[ref] = {
                "lead_id": lead.id,
                "kind": kind,
                "ref": ref,
                "occurred_at": first.occurred_at,
                "confidence": best,
                "note": self._describe_hit(link),
            }
        return vals_by_ref

    def _is_followed(self):
        """Tell whether a link of this mail was followed, other than one for opting out."""
        self.ensure_one()
        clicks = self.lead_hit_ids.filtered(lambda hit: hit.kind == "click")
        return bool(self.links_click_datetime) and not (clicks and all(clicks.mapped("is_trap")))

    def _describe_hit(self, link):
        subject = self.mass_mailing_id.subject or ""
        if not link:
            return subject[:200]
        target = link.title if link.title and "://" not in link.title else link.url
        return f"{subject}: {target}"[:200]

    def _get_link_counts(self):
        """Return ``{mailing: how many different links it has}``."""
        return dict(
            self.env["link.tracker"]._read_group(
                [("mass_mailing_id", "in", self.mass_mailing_id.ids)],
                ["mass_mailing_id"],
                ["__count"],
            )
        )

    def _get_leads(self):
        """Return ``{trace: lead}`` of those that went to a lead.

        As many queries for any number of one kind of recipients.
        """
        own = self.filtered(lambda trace: not trace.is_test_trace)
        leads = self.env["crm.lead"].with_context(active_test=False)
        direct = own.filtered(lambda trace: trace.model == "crm.lead")
        there = set(leads.browse(direct.mapped("res_id")).exists().ids)
        found = {trace: leads.browse(trace.res_id) for trace in direct if trace.res_id in there}
        others = own.filtered(lambda trace: trace not in found and trace.email)
        if not others:
            return found
        by_address = leads.search(
            Domain("email_normalized", "in", list(set(others.mapped("email"))))
        ).grouped("email_normalized")
        if not by_address:
            return found
        company_by_trace = others._get_recipient_companies()
        for trace in others:
            companies = (leads.company_id, company_by_trace[trace])
            same = by_address.get(trace.email, leads).filtered(
                lambda lead, companies=companies: lead.company_id in companies
            )
            still_open = same.filtered(lambda lead: lead.active and lead.won_status == "pending")
            lead = still_open or same
            if len(lead) == 1:
                found[trace] = lead
        return found

    def _get_recipient_companies(self):
        """Return ``{trace: the company that wrote}``: the recipient's own, or the mailing's."""
        found = {trace: trace.mass_mailing_id._get_cap_company() for trace in self}
        for model, traces in self.grouped("model").items():
            if "company_id" not in self.env.get(model, self.browse())._fields:
                continue
            # sudo: whoever reads the mail is no user
            there = self.env[model].sudo().browse(traces.mapped("res_id")).exists()
            there.fetch(["company_id"])
            company_by_id = {record.id: record.company_id for record in there}
            for trace in traces:
                found[trace] = company_by_id.get(trace.res_id) or found[trace]
        return found
