from odoo import api, fields, models

from ..tools import intake
from .crm_lead_load import visit_words


class LeadImport(models.Model):
    """What came by Odoo's own “Import records”, noted as an import of ours.

    The leads are written when this is made; the background run offers the qualified ones, lets
    those of a show enter its cadence, and posts the one summary. Without a show nobody is
    enrolled: nobody was asked.
    """

    _inherit = "lead.import"

    is_from_records = fields.Boolean(
        "By “Import Records”",
        readonly=True,
        copy=False,
        help="Came by the button of Odoo's own lists.",
    )

    dialog_id = fields.Integer(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The dialog of “Import records” by which a long file came, batch after batch.",
    )

    @api.model
    def _open_load(self, company, show):
        """Return the import in which the rows of one call of ``load`` are noted.

        All batches of one dialog are one import, however far the background run has come with it.
        """
        dialog_id = self.env.context.get("lead_load_dialog")
        jobs = self.with_company(company).with_context(tracking_disable=True)
        job = dialog_id and jobs.search(
            [
                ("dialog_id", "=", dialog_id),
                ("create_uid", "=", self.env.uid),
                ("company_id", "=", company.id),
                ("trade_show_id", "=", show.id),
                ("state", "!=", "undone"),
            ],
            limit=1,
        )
        if job:
            job.write({"state": "running", "phase": "rows"})
            return job
        file_name = self.env.context.get("lead_load_file")
        return jobs.create(
            {
                "trade_show_id": show.id,
                "file_name": file_name or self.env._("Import records"),
                "is_from_records": True,
                "dialog_id": dialog_id or False,
                "state": "running",
            }
        )

    def _note_loaded_rows(self, vals_list, numbers):
        """Make and match a row for each of ``vals_list``; return them in that order.

        None is rejected, for Odoo's import wants a record for each; what cannot be reached is
        flagged instead.
        """
        self.ensure_one()
        sources, judged = zip(
            *self.env["crm.lead"]._judge_vals(vals_list, self.company_id, numbers), strict=True
        )
        for vals, judgement in zip(vals_list, judged, strict=True):
            judgement.values.update(visit_words(vals))
            judgement.values["fields"] = self._get_plain_vals(vals)
            if judgement.reason:
                judgement.flags.append(judgement.reason)
                judgement.reason = None
        matches = intake.match_rows(judged)
        rows = self.env["lead.import.row"].create(
            [
                self._prepare_row_vals(source, judgement, matches.get(judgement.number))
                for source, judgement in zip(sources, judged, strict=True)
            ]
        )
        rows._match_known_leads()
        return rows

    @api.model
    def _get_plain_vals(self, vals):
        """Return ``{field: value as text}`` of ``vals``, by which the same file is known again."""
        leads = self.env["crm.lead"]
        plain = leads._fields.keys() - {
            name for name, field in leads._fields.items() if field.type in _NOT_PLAIN
        }
        return {name: str(vals[name]) for name in plain & vals.keys() if vals[name]}

    def _close_load(self, rows):
        """Hand these imports to the background run; return what to tell who imports, or False.

        :param rows: those of this call of ``load``.
        """
        self._count_verdicts()
        self.write({"state": "queued", "phase": "offer"})
        self.env.ref("lead_followup.ir_cron_run_imports")._trigger()
        known = rows.filtered(lambda row: row.verdict != "new")
        flagged = rows.filtered("flags")
        if not known and not flagged:
            return False
        lines = []
        if known:
            lines.append(
                self.env._(
                    "%(count)s of %(all)s rows are people who are known already (rows %(rows)s). "
                    "They enrich the lead that is there and make no second one.",
                    count=len(known),
                    all=len(rows),
                    rows=_list_numbers(known),
                )
            )
        if flagged:
            lines.append(
                self.env._(
                    "%(count)s rows are imported as they are, but look at them: %(rows)s.",
                    count=len(flagged),
                    rows=_list_flags(flagged),
                )
            )
        return " ".join(lines)

    def _get_cadence(self):
        cadence = super()._get_cadence()
        if self.is_from_records and not self.trade_show_id:
            return cadence.browse()
        return cadence


_MOST = 10  # rows named in a message
_NOT_PLAIN = ("many2many", "one2many", "properties", "binary")


def _list_numbers(rows):
    numbers = sorted(rows.mapped("number"))
    return ", ".join(map(str, numbers[:_MOST])) + (", …" if len(numbers) > _MOST else "")


def _list_flags(rows):
    named = [f"{row.number} ({row.flags_text})" for row in rows.sorted("number")[:_MOST]]
    return ", ".join(named) + (", …" if len(rows) > _MOST else "")
