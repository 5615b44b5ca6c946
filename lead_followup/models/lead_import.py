import base64
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_partner import _tz_get

from ..tools import intake


class LeadImport(models.Model):
    """One file of leads on its way into the CRM: read, mapped, judged row by row, shown, written.

    Nothing is written before a person has seen what each row will come to. The run goes on in
    the background, chunk by chunk; killed anywhere it goes on where it stopped, and the same
    file once more adds nothing.
    """

    _name = "lead.import"
    _description = "Lead Import"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    # what the judgement of the rows depends on
    _INPUTS = frozenset(
        {
            "file",
            "file_name",
            "trade_show_id",
            "default_country_id",
            "tz",
            "date_order",
            "calendar",
            "rating_scale",
            "heading_choice",
            "competitor_names",
        }
    )

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    trade_show_id = fields.Many2one("lead.trade.show", index=True, check_company=True)
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    default_country_id = fields.Many2one(
        "res.country",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        help="For phone numbers, and for rows that name no country.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        help="The zone of the times in the file that don't say theirs.",
    )
    date_order = fields.Selection(
        [("DMY", "Day, month, year"), ("MDY", "Month, day, year"), ("YMD", "Year, month, day")],
        help="Left empty, the file itself decides; where it can't, the country does.",
    )
    calendar = fields.Selection(
        [("gregorian", "Gregorian"), ("jalali", "Solar Hijri")],
        required=True,
        default="gregorian",
    )
    rating_scale = fields.Selection(
        [("auto", "Found by itself"), ("5_best", "5 is best"), ("1_best", "1 is best")],
        required=True,
        default="auto",
    )
    competitor_names = fields.Text(
        help="Our own competitors, one a line: their visitors don't buy. Those named in the "
        "settings count beside them."
    )
    column_ids = fields.One2many("lead.import.column", "import_id")
    row_ids = fields.One2many("lead.import.row", "import_id")
    lead_ids = fields.One2many("crm.lead", "import_id", context={"active_test": False})
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("previewed", "Previewed"),
            ("queued", "Queued"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("undone", "Undone"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    phase = fields.Selection(
        [("rows", "Rows"), ("offer", "Offers"), ("enroll", "Cadence")],
        readonly=True,
        copy=False,
        default="rows",
        required=True,
    )
    needs_preview = fields.Boolean(
        readonly=True, copy=False, help="Something was changed since the rows were judged."
    )
    message = fields.Text(
        readonly=True,
        copy=False,
        help="What stopped this import, and what to do next; or what its undo has left.",
    )
    summary_message_id = fields.Many2one("mail.message", readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    new_count = fields.Integer("New", readonly=True, copy=False)
    enriched_count = fields.Integer("Enriched", readonly=True, copy=False)
    duplicate_count = fields.Integer("Duplicates", readonly=True, copy=False)
    rejected_count = fields.Integer("Rejected", readonly=True, copy=False)
    done_count = fields.Integer(compute="_compute_done_count")
    progress = fields.Float(compute="_compute_done_count", help="Rows worked off, in percent.")

    @api.depends("file_name", "trade_show_id.name")
    def _compute_name(self):
        for job in self:
            parts = [part for part in (job.trade_show_id.name, job.file_name) if part]
            job.name = " · ".join(parts) or self.env._("Import")

    @api.depends("trade_show_id")
    def _compute_company_id(self):
        for job in self:
            job.company_id = job.trade_show_id.company_id or job.company_id or self.env.company

    @api.depends("trade_show_id")
    def _compute_defaults(self):
        for job in self:
            show, company = job.trade_show_id, job.company_id or self.env.company
            job.default_country_id = job.default_country_id or show.country_id or company.country_id
            job.tz = job.tz or show.tz or self.env.user.tz or "UTC"

    @api.depends("row_ids.is_done", "row_count")
    def _compute_done_count(self):
        count_by_job = dict(
            self.env["lead.import.row"]._read_group(
                [("import_id", "in", self.ids), ("is_done", "=", True)], ["import_id"], ["__count"]
            )
        )
        for job in self:
            job.done_count = count_by_job.get(job, 0)
            job.progress = 100.0 * job.done_count / job.row_count if job.row_count else 0.0

    def write(self, vals):
        if not self.env.su and not self._INPUTS.isdisjoint(vals):
            self._check_may_change_inputs()
        result = super().write(vals)
        if not self._INPUTS.isdisjoint(vals):
            # sudo: the program says what is out of date
            self.filtered(lambda job: job.state == "previewed").sudo().needs_preview = True
        return result

    def _check_may_change_inputs(self):
        """Refuse another file, show or option where rows stand that were judged by the old ones."""
        for job in self:
            if job.state not in ("draft", "previewed") and (job.state != "failed" or job.row_count):
                raise UserError(
                    self.env._(
                        "“%(job)s” was started with its file and options; they stay as they are. "
                        "Make a new import for another file or with other options.",
                        job=job.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        for job in self:
            if job.state in ("queued", "running"):
                raise UserError(
                    self.env._(
                        "“%(job)s” is being imported. Pause it first; then it can be deleted.",
                        job=job.name,
                    )
                )

    def action_preview(self):
        """Read the file, map its columns and judge every row; write no lead.

        A file without anything to import leaves the job ``failed`` with a message. What the
        user set for a column stays as long as the headings are the same.

        :raises UserError: the file can't be read; says why and what to do.
        """
        self.ensure_one()
        self._preview()
        self.action_forecast()

    def _preview(self, table=None):
        """Read, map and judge, as ``action_preview`` does, without the forecast.

        :param table: the ``intake.Table`` where the file was read already.
        """
        self.check_access("write")  # what follows is written by the program
        self._check_may_preview()
        try:
            table = table or self._read_table()
        except (intake.FileEmpty, intake.HeadingsOnly) as refusal:
            self._reset_preview()
            # sudo: how far an import is, the program says
            self.sudo().write({"state": "failed", "message": self._describe_refusal(refusal)})
            return
        except intake.FileRefused as refusal:
            raise UserError(self._describe_refusal(refusal)) from refusal
        self._set_columns(table)
        self._judge_table(table)
        # sudo: as above
        self.sudo().write(
            {
                "state": "previewed",
                "phase": "rows",
                "message": False,
                "needs_preview": False,
                "headings_found": bool(table.heading_row) or table.container == "vcard",
                "forecast": False,
                "forecast_state": False,
                "preview_state": False,
            }
        )

    def _may_preview(self):
        """Tell whether no row is written yet, nor about to be."""
        self.ensure_one()
        is_early = self.state in ("draft", "previewed", "failed")
        return is_early and not any(self.row_ids.mapped("is_done"))

    def _check_may_preview(self):
        if not self._may_preview():
            raise UserError(
                self.env._("“%(job)s” was imported already. Make a new import.", job=self.name)
            )

    def action_import(self):
        """Queue the previewed rows for the background run; return at once."""
        self.check_access("write")
        for job in self:
            if job.state in ("queued", "running"):
                continue  # a second click
            if job.state == "draft" or (job.state == "previewed" and job.needs_preview):
                job._preview()
            if job.state == "failed" and not job.row_count:
                continue  # there is nothing to import; its message says so
            if job.state not in ("previewed", "paused", "failed"):
                raise UserError(
                    self.env._("“%(job)s” was imported already. Make a new import.", job=job.name)
                )
            # sudo: how far an import is, the program says
            job.sudo().write({"state": "queued", "message": False})
            job._send_progress()
        self.env.ref("lead_followup.ir_cron_run_imports")._trigger()

    def action_pause(self):
        """Let the run stop after the chunk it is at."""
        self.check_access("write")
        jobs = self.filtered(lambda job: job.state in ("queued", "running"))
        # sudo: how far an import is, the program says
        jobs.sudo().write({"state": "paused"})
        jobs._send_progress()

    def _get_source(self):
        """Return by what a lead's answers are known to come from this import."""
        self.ensure_one()
        return f"{self.name} (#{self.id})"

    def _read_table(self):
        """Return the file as an ``intake.Table``; raise ``intake.FileRefused`` if it can't be."""
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        return intake.read_table(
            content,
            self.file_name or "",
            has_headings=self._get_said_headings(),
            limits=self.company_id._get_lead_import_limits(),
        )

    def _get_options(self):
        """Return what the user chose, as ``intake.Options``."""
        names = (self.competitor_names or "").splitlines()
        return intake.Options(
            default_country=self.default_country_id.code or None,
            tz=self.tz or "UTC",
            date_order=self.date_order or None,
            calendar=self.calendar,
            rating_scale=self.rating_scale,
            competitors=tuple(name.strip() for name in names if name.strip()),
        )

    def _set_columns(self, table):
        """Make a column record for each of the table's, unless a preview before did."""
        before = [(column.position, column.heading or "") for column in self.column_ids]
        headings = list(enumerate(table.headings, start=1))
        if before == headings:
            return
        columns = self.env["lead.import.column"]
        targets, origin = columns._recall(self.company_id, table.headings), "remembered"
        if targets is None:
            targets, origin = intake.suggest_fields(table, self._get_options()), None
        self.column_ids = [(5,)] + [
            (
                0,
                0,
                self._prepare_column_vals(table, position, heading, target)
                | {"origin": origin or columns._get_origin(heading, target)},
            )
            for (position, heading), target in zip(headings, targets, strict=True)
        ]

    def _prepare_column_vals(self, table, position, heading, target):
        cells = (
            str(row.cells[position - 1])
            for row in table.rows
            if position <= len(row.cells) and row.cells[position - 1] not in (None, "")
        )
        sample = [text for _index, text in zip(range(3), cells, strict=False)]
        return {
            "position": position,
            "heading": heading,
            "target": target,
            "sample": " · ".join(sample)[:200],
        }

    def _judge_table(self, table):
        """Replace the rows by the table's, each with its verdict."""
        fields_by_position = [column.target or None for column in self.column_ids]
        options, questions = intake.guess_options(table, fields_by_position, self._get_options())
        if not self.date_order and options.date_order:
            self.sudo().date_order = options.date_order  # sudo: found by the program
        self._set_hints(table, fields_by_position, options, questions)
        judged = []
        for row in table.rows:
            judged.append(intake.judge_row(row, fields_by_position, table.headings, options))
            self._note_judged(len(judged), len(table.rows))
        self._reset_rows()
        self._note_rows(table, judged)
        self._match_rows()
        self._count_verdicts()

    def _note_judged(self, done, total):
        """Called after each of ``total`` rows that is judged; may tell how far it is."""

    def _prepare_row_vals(self, row, judgement, match):
        vals = {
            "import_id": self.id,
            "number": judgement.number,
            "cells": [_to_json(cell) for cell in row.cells],
            "values": {key: _to_json(value) for key, value in judgement.values.items()},
            "flags": list(judgement.flags),
            "verdict": "new",
        }
        if judgement.reason:
            vals.update(verdict="rejected", reason=judgement.reason)
        elif match:
            vals.update(verdict="duplicate", reason=match.rule, match_number=match.keep)
        return vals

    def _count_verdicts(self):
        """Write the counts of the rows by verdict."""
        for job in self:
            counts = Counter(
                dict(
                    self.env["lead.import.row"]._read_group(
                        [("import_id", "=", job.id)], ["verdict"], ["__count"]
                    )
                )
            )
            # sudo: what was counted, the program says
            job.sudo().write(
                {
                    "row_count": sum(counts.values()),
                    "new_count": counts["new"],
                    "enriched_count": counts["enriched"],
                    "duplicate_count": counts["duplicate"],
                    "rejected_count": counts["rejected"],
                }
            )

    def _reset_rows(self):
        # sudo: rows are the program's
        self.env["lead.import.row"].sudo().search([("import_id", "in", self.ids)]).unlink()

    def _reset_preview(self):
        self._reset_rows()
        self.column_ids.unlink()
        self.sudo().write({"questions": [], "hint": False})  # sudo: the program's words
        self._count_verdicts()


def _to_json(value):
    """Return ``value`` as JSON can hold it; moments as Odoo writes them."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): _to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_to_json(item) for item in value]
    return str(value)
