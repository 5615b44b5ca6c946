import logging
from hashlib import sha256

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, split_every

_logger = logging.getLogger(__name__)

_SHOWN = 10  # leads named in a message


class LeadCadenceEnroll(models.TransientModel):
    """Lets many leads enter a cadence, once a person has seen how many can and what will go out.

    Who is enrolled is who was shown: where that has changed meanwhile, it is shown again. A few
    enter at once, many in the background, a chunk a transaction; whoever asked is told the end.
    """

    _name = "lead.cadence.enroll"
    _inherit = "lead.forecast.mixin"
    _description = "Enroll Leads in a Cadence"

    _AT_ONCE = 300  # leads a person waits for, less than two seconds
    _CHUNK = 500  # leads a transaction
    _FORECAST_AT_MOST = 5000  # leads; about ten seconds

    # A request that waits for the background must outlive the usual hour of a dialog.
    _transient_max_hours = 7 * 24.0

    lead_ids = fields.Many2many("crm.lead", context={"active_test": False})
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    cadence_id = fields.Many2one(
        "lead.cadence", domain="[('step_ids', '!=', False)]", ondelete="cascade"
    )
    state = fields.Selection(
        [("asked", "Asked"), ("queued", "Queued"), ("done", "Done")], default="asked", readonly=True
    )
    can_count = fields.Integer(compute="_compute_split")
    summary = fields.Char(compute="_compute_split")
    enroll_text = fields.Char(compute="_compute_split")
    shown_key = fields.Char(
        compute="_compute_shown_key", store=True, readonly=False, help="Who was shown, in short."
    )
    has_changed = fields.Boolean(help="Others than those shown could enter when it was pressed.")
    enrolled_count = fields.Integer(readonly=True)
    asked_count = fields.Integer(readonly=True)
    failed_lead_ids = fields.Many2many(
        "crm.lead",
        "lead_cadence_enroll_failed_rel",
        context={"active_test": False},
        readonly=True,
        help="Whom a fault kept out.",
    )

    @api.depends("cadence_id")
    @api.depends_context("lang")
    def _compute_split(self):
        for wizard in self:
            can, left_out = wizard._split()
            count = wizard.can_count = len(can)
            total = count + sum(map(len, left_out.values()))
            wizard.summary = wizard.cadence_id and self.env._(
                "%(count)s of %(total)s leads can enter “%(cadence)s”.",
                count=count,
                total=total,
                cadence=wizard.cadence_id.name,
            )
            wizard.enroll_text = (
                self.env._("Enroll 1 Lead")
                if count == 1
                else self.env._("Enroll %(count)s Leads", count=count)
            )

    @api.depends("cadence_id")
    def _compute_shown_key(self):
        for wizard in self:
            can, _left_out = wizard._split()
            wizard.shown_key = _get_key(can)

    def action_enroll(self):
        """Enroll those who were shown, at once or in the background, and say so.

        :raises UserError: no cadence is chosen, or nobody can enter it.
        """
        self.ensure_one()
        if self.state != "asked":
            raise UserError(self.env._("These leads were enrolled by this question already."))
        if not self.cadence_id:
            raise UserError(self.env._("Choose the cadence these leads shall enter."))
        can, _left_out = self._split()
        if _get_key(can) != self.shown_key:
            self.write({"shown_key": _get_key(can), "has_changed": True})
            return self._open()
        if not can:
            raise UserError(
                self.env._(
                    "None of these leads can enter “%(cadence)s”. Choose others, or another "
                    "cadence.",
                    cadence=self.cadence_id.name,
                )
            )
        can.check_access("write")
        self.write({"lead_ids": [(6, 0, can.ids)], "asked_count": len(can)})
        if len(can) <= self._AT_ONCE:
            self._enroll_chunk(can)
            self.state = "done"
            return self._say(self._get_result_text())
        self.state = "queued"
        # sudo: who may enroll wakes the scheduler's work
        self.env.ref("lead_followup.ir_cron_enroll_leads").sudo()._trigger()
        return self._say(
            self.env._(
                "%(count)s leads enter “%(cadence)s” in the background. You are told when it is "
                "done.",
                count=len(can),
                cadence=self.cadence_id.name,
            )
        )

    @api.model
    def _cron_enroll_leads(self):
        """Enroll those whom somebody asked for, a chunk a transaction; what fails is told."""
        cron = self.env["ir.cron"]
        jobs = self.search([("state", "=", "queued")], order="id")
        cron._commit_progress(remaining=sum(len(job.lead_ids) for job in jobs))
        for job in jobs:
            if job.try_lock_for_update() and not job._run(cron):
                return

    def _run(self, cron):
        """Enroll what is left chunk by chunk; return False when the scheduler's time is up."""
        # by whoever asked, with his rights of today and in his company
        asker = self.with_user(self.create_uid).with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                leads = asker._get_leads()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception as error:  # such as rights he has no more: the jobs of others go on
            _logger.warning("The leads of %s could not be read: %s", self, error)
            self._close(str(error))
            return bool(cron._commit_progress(len(self.lead_ids)))
        self.lead_ids = leads.sudo()
        for chunk in split_every(self._CHUNK, leads.ids, leads.browse):
            asker._enroll_apart(chunk)
            self.lead_ids -= chunk.sudo()
            if self.lead_ids and not cron._commit_progress(len(chunk)):
                return False
        self._close()
        return bool(cron._commit_progress(1))

    def _enroll_apart(self, leads):
        """Enroll ``leads``; where one can't be, the others still are, and it is noted."""
        try:
            with self.env.cr.savepoint():
                self._enroll_chunk(leads)
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            if len(leads) == 1:
                _logger.exception("Lead could not be enrolled: %s", leads)
                # sudo: the figures are the engine's
                self.sudo().failed_lead_ids += leads.sudo()
                return
            for lead in leads:
                self._enroll_apart(lead)

    def _close(self, fault=None):
        """Tell whoever asked how many have entered, or the ``fault`` that kept all out."""
        self.state = "done"
        job = self.with_context(lang=self.create_uid.lang)
        partner = job.create_uid.partner_id
        partner.message_notify(
            partner_ids=partner.ids,
            subject=(
                job.env._("Leads could not be enrolled")
                if fault
                else job.env._("Leads were enrolled")
            ),
            body=job._get_fault_text(fault) if fault else job._get_result_text(),
        )

    def _enroll_chunk(self, leads):
        """Enroll ``leads`` with the rights of this environment's user."""
        entered = self.cadence_id._enroll(leads)
        # sudo: the figure is the engine's
        self.sudo().enrolled_count += len(entered)

    def _get_result_text(self):
        figures = {
            "count": self.enrolled_count,
            "total": self.asked_count,
            "cadence": self.cadence_id.name,
        }
        failed = self.failed_lead_ids
        if self.enrolled_count + len(failed) == self.asked_count:
            text = self.env._("%(count)s of %(total)s leads have entered “%(cadence)s”.", **figures)
            return f"{text} {self._get_failed_text()}" if failed else text
        text = self.env._(
            "%(count)s of %(total)s leads have entered “%(cadence)s”. For the others something has "
            "changed meanwhile; choose them again to see what.",
            **figures,
        )
        return f"{text} {self._get_failed_text()}" if failed else text

    def _get_failed_text(self):
        """Return how many leads a fault kept out, and which, the first of many."""
        failed = self.failed_lead_ids
        names = ", ".join(f"{lead.name} (#{lead.id})" for lead in failed[:_SHOWN])
        return self.env._(
            "A fault kept out %(count)s: %(leads)s. Enroll them one by one to see what is wrong "
            "with each.",
            count=len(failed),
            leads=names + (", …" if len(failed) > _SHOWN else ""),
        )

    def _get_fault_text(self, fault):
        return self.env._(
            "Leads you had chosen have not entered “%(cadence)s”: %(fault)s\n"
            "Choose them again, or ask your administrator.",
            cadence=self.cadence_id.name,
            fault=fault,
        )

    def _say(self, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _open(self):
        self.flush_recordset()  # who is shown stands from here on
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enroll Leads"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_leads(self):
        """Return the chosen leads, the best first: they get the early places under the cap."""
        chosen = (self._origin.lead_ids or self.lead_ids._origin).ids
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads.search([("id", "in", chosen)], order="score_total desc, id")

    def _split(self):
        """Return ``(can, {reason word: leads})`` of the chosen leads; nobody without a cadence."""
        leads = self._get_leads()
        if not self.cadence_id:
            return leads.browse(), {}
        return self.cadence_id._origin._split_enrollable(leads)

    def get_foreseen_html(self, values):
        """Return the forecast as HTML: who stays out and why, what goes out when, what is late.

        :param values: ``{cadence_id}``, an id or False.
        """
        self.ensure_one()
        self.check_access("read")
        cadence = self.env["lead.cadence"].browse(values.get("cadence_id") or []).exists()
        if not cadence:
            return False
        cadence.check_access("read")
        can, left_out = cadence._split_enrollable(self._get_leads())
        texts = cadence._get_entry_reason_texts()
        notes = self._get_forecast_warnings(self.company_id) + [
            (
                "info",
                self.env._("%(what)s – %(count)s", what=texts.get(word, word), count=len(leads)),
            )
            for word, leads in left_out.items()
        ]
        forecast = False
        if 0 < len(can) <= self._FORECAST_AT_MOST:
            forecast = self._foresee(cadence, can)
        elif can:
            text = self.env._(
                "The forecast is worked out for up to %(count)s leads; choose fewer to see it.",
                count=self._FORECAST_AT_MOST,
            )
            notes.append(("warning", text))
        if not forecast:
            return self.env["ir.qweb"]._render(
                "lead_followup.lead_forecast_notes", {"notes": notes}
            )
        return self._render_forecast(
            {
                **self._prepare_forecast_table(forecast, self.company_id),
                "is_choice": True,
                "notes": notes + self._get_unreached_notes(forecast),
                "as_of": format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
            }
        )

    def _get_unreached_notes(self, forecast):
        """Return what has no moment and why, first those whom no step reaches."""
        notes = self._get_forecast_open_notes(forecast)
        if forecast["unreached_count"]:
            text = self.env._(
                "No step of the cadence reaches them – %(count)s", count=forecast["unreached_count"]
            )
            notes.insert(0, ("warning", text))
        return notes

    def _foresee(self, cadence, leads):
        """Return the figures of ``leads`` entering ``cadence``, which is carried out, taken back.

        :return: those of ``lead.cadence.enrollment._read_forecast``, with
            ``{lead_count, cadence_id}``; what is open is counted in leads, of all of them.
        """
        # sudo: the engine's work; nothing of it stays
        cadence = cadence.sudo().with_context(lead_forecast=True, tracking_disable=True)
        with self._taken_back():
            enrollments = cadence.enrollment_ids.browse()
            for chunk in split_every(self._CHUNK, leads.ids, leads.browse):
                enrollments |= cadence._enroll(chunk.with_env(cadence.env))
                self._forget_cache()
            figures = enrollments._read_forecast(self.company_id._get_lead_tz())
            return {
                **figures,
                "open": enrollments._count_hindered(),
                "lead_count": len(self.lead_ids),
                "cadence_id": cadence.id,
            }


def _get_key(leads):
    """Return what tells one set of leads from another."""
    text = ",".join(map(str, sorted(leads.ids)))
    return f"{len(leads)}:{sha256(text.encode()).hexdigest()[:16]}"
