from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class LeadRecycleConfirm(models.TransientModel):
    """States how many lost leads would be recycled, and why not the others; a person confirms.

    Asked for by a rule (those lost before it was there) or for leads that were marked in a list.
    Their rest is counted from the day they were really lost.
    """

    _name = "lead.recycle.confirm"
    _description = "Recycle Lost Leads"

    _AT_MOST = 2000  # leads a confirmation; what goes out to more is not seen at a glance

    rule_id = fields.Many2one("lead.recycle.rule", readonly=True, ondelete="cascade")
    lead_ids = fields.Many2many("crm.lead", context={"active_test": False}, readonly=True)
    is_now = fields.Boolean("Don't Wait for the Rest", help="They enter their track today.")
    lead_count = fields.Integer(readonly=True, help="As stated to whoever confirms.")
    has_changed = fields.Boolean(readonly=True)
    can_count = fields.Integer(compute="_compute_split")
    summary = fields.Char(compute="_compute_split")
    left_out_text = fields.Text(compute="_compute_split")
    is_cut = fields.Boolean(compute="_compute_split")

    @api.depends("is_now", "lead_ids")
    @api.depends_context("lang")
    def _compute_split(self):
        for wizard in self:
            until_by_lead, left_out = wizard._split()
            wizard.can_count = len(until_by_lead)
            wizard.summary = wizard._describe_split(until_by_lead)
            texts = self.env["lead.recycle"]._get_reason_texts()
            wizard.left_out_text = "\n".join(
                self.env._("%(why)s – %(count)s", why=texts.get(word, word), count=count)
                for word, count in Counter(left_out.values()).most_common()
            )
            wizard.is_cut = bool(wizard.rule_id) and len(wizard.lead_ids) >= self._AT_MOST

    @api.model
    def _ask(self, vals, leads):
        """Return the action that states what recycling ``leads`` would do."""
        wizard = self.create({**vals, "lead_ids": [(6, 0, leads.ids)]})
        wizard.lead_count = wizard.can_count
        return wizard._reopen()

    def action_confirm(self):
        """Recycle the stated leads.

        :raises UserError: none of them can be.
        """
        self.ensure_one()
        until_by_lead, word_by_lead = self._split()
        if not until_by_lead:
            raise UserError(
                self.env._("None of these leads can be recycled. The list below says why.")
            )
        if len(until_by_lead) > self.lead_count:
            self.write({"lead_count": len(until_by_lead), "has_changed": True})
            return self._reopen()
        leads = self.lead_ids.filtered(lambda lead: lead in until_by_lead)
        leads.check_access("write")
        self._recycle(leads)
        if self.rule_id:
            self._refuse(self.lead_ids.filtered(lambda lead: lead in word_by_lead))
        # sudo: the scheduler's trigger, whose run does the rest
        self.env.ref("lead_nurture.ir_cron_recycle").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._describe_split(until_by_lead),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _recycle(self, leads):
        # sudo: rows are written by the program alone; the person was asked for the leads
        rows = self.env["lead.recycle"].sudo()
        live = rows._get_live(leads)
        opened = self._open(leads - live.lead_id)
        if self.is_now:
            (live | opened).filtered(lambda row: row.state == "resting").write(
                {"rest_until": fields.Date.today()}
            )

    def _refuse(self, leads):
        """Keep in rows why these are never recycled, so that the rule asks for them no more."""
        # sudo: see ``_recycle``
        live = self.env["lead.recycle"].sudo()._get_live(leads).lead_id
        self._open(leads.filtered(lambda lead: lead.won_status == "lost") - live)

    def _open(self, leads):
        # sudo: see ``_recycle``
        rows = self.env["lead.recycle"].sudo()
        opened = rows._open(leads.sudo(), "lost", ended_at_by_lead=self._get_ended_at(leads))
        opened._judge()
        return opened

    def _get_ended_at(self, leads):
        """Return ``{lead: when it was lost, or False}``."""
        return {**dict.fromkeys(leads, False), **leads._get_lost_at()}

    def _split(self):
        """Return ``({lead: date until when it rests}, {lead: word})``: who can, why others not."""
        self.ensure_one()
        leads = (self._origin or self).lead_ids
        word_by_lead, until_by_lead = {}, {}
        rows = self.env["lead.recycle"].sudo()  # read to say why, of leads the user sees
        live_by_lead = {row.lead_id: row for row in rows._get_live(leads)}
        for lead in leads:
            live = live_by_lead.get(lead)
            if lead.won_status != "lost":
                word_by_lead[lead] = "not_lost"
            elif live and live.state == "resting" and self.is_now:
                until_by_lead[lead] = fields.Date.today()
            elif live:
                word_by_lead[lead] = "live"
        fresh = leads.filtered(lambda lead: lead not in word_by_lead and lead not in until_by_lead)
        for row, (rule, word, until) in self._foresee(fresh)._get_verdicts().items():
            if self.rule_id and not word and rule != self.rule_id:
                continue  # another rule speaks of it, and asks for itself
            if word:
                word_by_lead[row.lead_id] = word
            else:
                until_by_lead[row.lead_id] = fields.Date.today() if self.is_now else until
        return until_by_lead, word_by_lead

    def _foresee(self, leads):
        """Return the rows these leads would get, which are not written."""
        rows = self.env["lead.recycle"].sudo()  # as written later
        ended_at = self._get_ended_at(leads)
        return rows.browse().concat(
            *(
                rows.new(
                    {
                        "lead_id": lead.id,
                        "way": "lost",
                        "lost_reason_id": lead.lost_reason_id.id,
                        "ended_at": ended_at[lead],
                        "rotation": lead.rotation,
                    }
                )
                for lead in leads
            )
        )

    def _describe_split(self, until_by_lead):
        today = fields.Date.today()
        rests = [until for until in until_by_lead.values() if until > today]
        parts = [
            self.env._(
                "Leads that are recycled: %(count)s of %(total)s.",
                count=len(until_by_lead),
                total=len((self._origin or self).lead_ids),
            )
        ]
        if len(until_by_lead) > len(rests):
            parts.append(
                self.env._(
                    "%s of them enter their track within the hour.",
                    len(until_by_lead) - len(rests),
                )
            )
        if rests:
            parts.append(
                self.env._(
                    "%(count)s rest first, the last of them until %(day)s.",
                    count=len(rests),
                    day=format_date(self.env, max(rests)),
                )
            )
        return " ".join(parts)

    def _reopen(self):
        self.flush_recordset()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recycle Lost Leads"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
