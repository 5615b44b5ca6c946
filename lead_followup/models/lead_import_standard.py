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
        "By “Import Records”", readonly=True, help="Came by the button of Odoo's own lists."
    )

    @api.model
    def _open_load(self, company, show):
        """Make the import in which the rows of one call of ``load`` are noted."""
        file_name = self.env.context.get("lead_load_file")
        return (
            self.with_company(company)
            .with_context(tracking_disable=True)
            .create(
                {
                    "trade_show_id": show.id,
                    "file_name": file_name or self.env._("Import records"),
                    "is_from_records": True,
                    "state": "running",
                }
            )
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

    def _close_load(self):
        """Hand these imports to the background run; return what to tell who imports, or False."""
        self._count_verdicts()
        self.write({"state": "queued", "phase": "offer"})
        self.env.ref("lead_followup.ir_cron_run_imports")._trigger()
        known = self.row_ids.filtered(lambda row: row.verdict != "new")
        flagged = self.row_ids.filtered("flags")
        if not known and not flagged:
            return False
        lines = []
        if known:
            lines.append(
                self.env._(
                    "%(count)s of %(all)s rows are people who are known already (rows %(rows)s). "
                    "They enrich the lead that is there and make no second one.",
                    count=len(known),
                    all=len(self.row_ids),
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


def _list_numbers(rows):
    numbers = sorted(rows.mapped("number"))
    return ", ".join(map(str, numbers[:_MOST])) + (", …" if len(numbers) > _MOST else "")


def _list_flags(rows):
    named = [f"{row.number} ({row.flags_text})" for row in rows.sorted("number")[:_MOST]]
    return ", ".join(named) + (", …" if len(rows) > _MOST else "")
