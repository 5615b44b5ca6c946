from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError


class LeadAfterSaleConfirm(models.TransientModel):
    """States how many customers of old would be written to and expected again; a person confirms.

    For won leads marked in a list. The next purchase is counted from the day of the sale: what is
    overdue is taken up within the hour.
    """

    _name = "lead.after.sale.confirm"
    _description = "Take Up Old Sales"

    lead_ids = fields.Many2many("crm.lead", context={"active_test": False}, readonly=True)
    is_track = fields.Boolean("They Enter the Track after the Sale", default=True)
    track_id = fields.Many2one(
        "lead.cadence",
        domain=[("is_after_sale", "=", True)],
        default=lambda self: self._default_track_id(),
    )
    is_repeat = fields.Boolean("Their Next Purchase Is Expected")
    track_count = fields.Integer(compute="_compute_split")
    repeat_count = fields.Integer(compute="_compute_split")
    overdue_count = fields.Integer(compute="_compute_split")
    summary = fields.Text(compute="_compute_split")
    left_out_text = fields.Text(compute="_compute_split")
    stated_track_count = fields.Integer()
    stated_repeat_count = fields.Integer()
    has_changed = fields.Boolean(readonly=True)

    @api.model
    def _default_track_id(self):
        shipped = self.env.ref("lead_nurture.lead_cadence_after_sale", raise_if_not_found=False)
        return self.env.company.lead_after_sale_track_id or shipped

    @api.depends("is_track", "track_id", "is_repeat", "lead_ids")
    @api.depends_context("lang")
    def _compute_split(self):
        for wizard in self:
            entering, tracks_out = wizard._split_for_track()
            day_by_lead, repeats_out = wizard._split_for_repeat()
            today = fields.Date.today()
            wizard.track_count = len(entering)
            wizard.repeat_count = len(day_by_lead)
            wizard.overdue_count = sum(day <= today for day in day_by_lead.values())
            wizard.summary = wizard._describe_split()
            out = Counter()
            for words in (tracks_out, repeats_out):
                out |= Counter(words.values())
            texts = wizard._get_reason_texts()
            wizard.left_out_text = "\n".join(
                self.env._("%(why)s – %(count)s", why=texts.get(word, word), count=count)
                for word, count in out.most_common()
            )

    @api.model
    def _ask(self, leads):
        """Return the action that states what taking up ``leads`` would do."""
        wizard = self.create({"lead_ids": [(6, 0, leads.ids)]})
        return wizard._reopen()

    def action_confirm(self):
        """Do it for the stated leads; ask once more where it has become more of them.

        :raises UserError: there is none.
        """
        self.ensure_one()
        if not self.track_count and not self.repeat_count:
            raise UserError(
                self.env._("None of these leads can be taken up. The list below says why.")
            )
        if self._has_become_more():
            self.has_changed = True
            return self._reopen()
        self.lead_ids.check_access("write")
        entering, _out = self._split_for_track()
        day_by_lead, _out = self._split_for_repeat()
        message = self.summary
        if entering:
            self.track_id._enroll(entering)
        for day in set(day_by_lead.values()):
            self.lead_ids.filtered(
                lambda lead, day=day: day_by_lead.get(lead) == day
            ).repeat_date = day
        # sudo: the scheduler's trigger, whose run does the rest
        self.env.ref("lead_nurture.ir_cron_make_repeats").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.onchange("is_track", "track_id", "is_repeat")
    def _onchange_choice(self):
        """Keep what the person has seen, against which it is checked on confirmation."""
        self.stated_track_count, self.stated_repeat_count = self.track_count, self.repeat_count

    def _has_become_more(self):
        return (
            self.track_count > self.stated_track_count
            or self.repeat_count > self.stated_repeat_count
        )

    def _split_for_track(self):
        """Return ``(leads that enter the track, {lead: word why not})``."""
        leads = (self._origin or self).lead_ids
        if not self.is_track or not self.track_id:
            return leads.browse(), {}
        can, left_out = self.track_id._split_enrollable(leads)
        return can, {lead: word for word, out in left_out.items() for lead in out}

    def _split_for_repeat(self):
        """Return ``({lead: day of its next purchase}, {lead: word why not})``."""
        leads = (self._origin or self).lead_ids
        if not self.is_repeat:
            return {}, {}
        unwilling = leads._filter_person_unwilling()
        day_by_lead, word_by_lead = {}, {}
        for lead in leads:
            company = lead._get_settings_company()
            if lead.won_status != "won":
                word_by_lead[lead] = "not_won"
            elif not lead.active:
                word_by_lead[lead] = "archived"
            elif lead in unwilling:
                word_by_lead[lead] = "do_not_contact"
            elif not company.lead_repeat_sales:
                word_by_lead[lead] = "switched_off"
            elif lead.repeat_date:
                word_by_lead[lead] = "expected"
            elif day := lead._get_repeat_date():
                day_by_lead[lead] = day
            else:
                word_by_lead[lead] = "no_cycle"
        return day_by_lead, word_by_lead

    @api.model
    def _get_reason_texts(self):
        return {
            **self.env["lead.cadence"]._get_entry_reason_texts(),
            "switched_off": self.env._("Repeat sales are switched off in the settings"),
            "expected": self.env._("Their next purchase has a day already"),
            "no_cycle": self.env._("Nothing says after how many months they buy again"),
        }

    def _describe_split(self):
        total = len((self._origin or self).lead_ids)
        lines = []
        if self.is_track:
            lines.append(
                self.env._(
                    "Leads that enter the track: %(count)s of %(total)s.",
                    count=self.track_count,
                    total=total,
                )
            )
        if self.is_repeat:
            lines.append(
                self.env._(
                    "%(count)s of %(total)s are expected to buy again; %(due)s of them are due and "
                    "taken up within the hour.",
                    count=self.repeat_count,
                    total=total,
                    due=self.overdue_count,
                )
            )
        return "\n".join(lines)

    def _reopen(self):
        self.stated_track_count, self.stated_repeat_count = self.track_count, self.repeat_count
        self.flush_recordset()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("After the Sale"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
