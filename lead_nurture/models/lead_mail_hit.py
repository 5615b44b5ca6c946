import logging
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import split_every

from ..tools import mail_agents, mail_hits

_logger = logging.getLogger(__name__)

_SETTLE = timedelta(seconds=30)  # a scanner is through with a mail by then
_MOST_HITS = 100  # kept of one link, or the picture, of one mail to one address
KEPT_DAYS = "lead_nurture.hit_kept_days"
_SWEPT = 10_000  # mails a transaction
_EPOCH = datetime(1970, 1, 1)


class LeadMailHit(models.Model):
    """A request that a mailing's e-mail caused: its picture was loaded, or a link was followed.

    The request itself is only noted, so that whoever follows a link is sent on at once. Half a
    minute later, when a scanner would have followed the other links as well, the hits of a mail
    are judged together, and become events of the lead: one an opening, one a link. Later hits
    judge them anew. Neither the address nor the name of the program is kept.
    """

    _name = "lead.mail.hit"
    _description = "Hit of a Mailing's E-mail"
    _order = "occurred_at, id"
    _log_access = False

    trace_id = fields.Many2one("mailing.trace", required=True, ondelete="cascade", index=True)
    kind = fields.Selection([("open", "Opened"), ("click", "Link followed")], required=True)
    link_id = fields.Many2one("link.tracker", ondelete="cascade")
    occurred_at = fields.Datetime(required=True, default=fields.Datetime.now)
    agent = fields.Selection(
        [
            ("browser", "Browser"),
            ("scanner", "Scanner"),
            ("privacy", "Privacy proxy"),
            ("relay", "Picture relay"),
            ("blank", "Without a name"),
        ],
        default="browser",
    )
    is_peek = fields.Boolean("Asked for the Head Alone")
    is_trap = fields.Boolean("Not Meant for Readers")
    is_judged = fields.Boolean()

    _unjudged_idx = models.Index("(occurred_at) WHERE is_judged IS NOT TRUE")

    _CRON_BATCH = 200  # mails a transaction

    @api.model
    def _note(self, traces, kind, link=None, is_trap=False):
        """Note a hit of each of ``traces``; whatever is wrong, the caller goes on."""
        try:
            with self.env.cr.savepoint():
                hits = self._create_for(traces, kind, link, is_trap)
            if not request:  # a program of ours, which no scanner is
                hits.trace_id._judge_hits_apart()
            elif hits:
                self._wake_judge()
        except Exception:
            _logger.exception("A hit of %s could not be noted", traces)

    def _create_for(self, traces, kind, link, is_trap):
        traces = traces.browse([trace.id for trace in traces._get_leads()])
        if not traces:
            return self.browse()
        full = self._get_full(traces, kind, link)
        if full:
            full -= self._start_anew(full)
        web = request and request.httprequest
        vals = {
            "kind": kind,
            "link_id": link.id if link else False,
            "occurred_at": fields.Datetime.now(),
            "agent": mail_agents.kind_of_agent(web.user_agent.string) if web else "browser",
            "is_peek": bool(web) and web.method not in ("GET", "POST"),
            "is_trap": is_trap,
        }
        return self.create([{**vals, "trace_id": trace.id} for trace in traces - full])

    def _get_full(self, traces, kind, link):
        """Return those of ``traces`` that have as many hits of this kind and link as are kept."""
        mine = Domain("trace_id", "in", traces.ids) & Domain("kind", "=", kind)
        mine &= Domain("link_id", "=", link.id if link else False)
        counts = self._read_group(
            mine, ["trace_id"], ["__count"], having=[("__count", ">=", _MOST_HITS)]
        )
        return traces.browse([trace.id for trace, _count in counts])

    def _start_anew(self, traces):
        """Forget all hits of those of ``traces`` where they are judged and the last burst is over.

        What they came to stays. A hit that a burst may still join is judged with it, and is kept.
        """
        burst = timedelta(seconds=mail_hits.BURST_SECONDS)
        at_work = Domain("is_judged", "!=", True) | Domain(
            "occurred_at", ">=", fields.Datetime.now() - burst
        )
        done = traces - self.search(Domain("trace_id", "in", traces.ids) & at_work).trace_id
        done.lead_hit_ids.unlink()
        return done

    @api.autovacuum
    def _sweep(self):
        """Forget judged hits that are older than the settings keep them; the events stay."""
        # sudo: a setting of the system
        days = int(self.env["ir.config_parameter"].sudo().get_param(KEPT_DAYS, 30))
        since = fields.Datetime.now() - timedelta(days=days)
        old = Domain("is_judged", "=", True) & Domain("occurred_at", "<", since)
        found = self._read_group(old, ["trace_id"], limit=_SWEPT)
        mine = Domain("trace_id", "in", [trace.id for (trace,) in found])
        in_two = Domain("occurred_at", ">=", since) & Domain("occurred_at", "<", since + _SETTLE)
        kept = self.search(mine & in_two).trace_id  # a burst goes as a whole, at the next run
        gone = self.search(old & mine & Domain("trace_id", "not in", kept.ids))
        gone.unlink()
        return len(gone), int(bool(gone) and len(found) == _SWEPT)

    @api.model
    def _wake_judge(self):
        """Have hits judged once they have settled; one wake-up a half minute."""
        now = fields.Datetime.now()
        moment = now - (now - datetime.min) % _SETTLE + 2 * _SETTLE
        cron = self.env.ref("lead_nurture.ir_cron_judge_hits", raise_if_not_found=False)
        if not cron:
            return
        # sudo: wake-ups are the scheduler's own
        standing = self.env["ir.cron.trigger"].sudo()
        if not standing.search_count(
            [("cron_id", "=", cron.id), ("call_at", "=", moment)], limit=1
        ):
            cron.sudo()._trigger(at=moment)

    @api.model
    def _cron_judge(self):
        """Judge the mails whose hits have settled; what fails is logged, and met again."""
        settled = Domain("is_judged", "!=", True) & Domain(
            "occurred_at", "<=", fields.Datetime.now() - _SETTLE
        )
        cron = self.env["ir.cron"]
        traces = self.search(settled).trace_id
        cron._commit_progress(remaining=len(traces))
        for batch in split_every(self._CRON_BATCH, traces.ids, traces.browse):
            batch._judge_hits_apart()
            if not cron._commit_progress(len(batch)):
                break

    def _as_tool_hit(self):
        """Return this hit as ``mail_hits.Hit``."""
        self.ensure_one()
        link = None
        if self.kind == "click":
            link = "trap" if self.is_trap else self.link_id.id
        return mail_hits.Hit(
            at=to_seconds(self.occurred_at),
            link=link,
            agent=self.agent or "browser",
            is_peek=self.is_peek,
            is_trap=self.is_trap,
        )


def to_seconds(moment):
    """Return the seconds to a naive UTC ``moment`` from one that is always the same."""
    return (moment - _EPOCH).total_seconds()
