from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime


class LeadImport(models.Model):
    """What a person is told before he says yes: to the import, and to taking it back."""

    _inherit = "lead.import"

    forecast_html = fields.Html(
        "Forecast", compute="_compute_forecast_html", sanitize=False, readonly=True
    )
    mailed_text = fields.Char(compute="_compute_mailed_text")
    undo_text = fields.Html(compute="_compute_undo_text", sanitize=False)

    @api.depends("forecast", "forecast_state")
    @api.depends_context("lang", "tz", "uid")
    def _compute_forecast_html(self):
        for job in self:
            job.forecast_html = job.forecast_state == "ready" and job._render_forecast(
                job._prepare_forecast_values()
            )

    @api.depends("forecast", "forecast_state", "new_count", "enriched_count")
    @api.depends_context("lang")
    def _compute_mailed_text(self):
        for job in self:
            count, is_sure = job.mailed_count, job.forecast_state == "ready"
            if not count:
                text = self.env._("Nobody will be e-mailed.")
            elif count == 1 and is_sure:
                text = self.env._("1 person will be e-mailed.")
            elif count == 1:
                text = self.env._("At most 1 person will be e-mailed.")
            elif is_sure:
                text = self.env._("%s people will be e-mailed.", count)
            else:
                text = self.env._("At most %s people will be e-mailed.", count)
            job.mailed_text = text

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_undo_text(self):
        for job in self:
            job.undo_text = job._describe_undo()

    def action_ask_import(self):
        """Show once more what the import will do, and ask; a short file is foreseen anew."""
        self.ensure_one()
        if self.state == "draft" or self.needs_preview:
            self.action_ask_preview()
        elif self.row_count <= self._FORECAST_AT_ONCE:
            self.action_forecast()
        if self.state == "failed" or self.preview_state:
            return False  # there is nothing to import, or not yet; the form says so
        return self._open_question("lead_import_view_form_ask", self.env._("Import these leads?"))

    def action_ask_undo(self):
        """Show what would be taken back, and ask."""
        self.ensure_one()
        return self._open_question("lead_import_view_form_undo", self.env._("Undo this import?"))

    def _open_question(self, view, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref(f"lead_followup.{view}").id, "form")],
            "target": "new",
        }

    def _prepare_forecast_values(self):
        """Return what the template of the forecast shows, in the reader's language."""
        self.ensure_one()
        return {
            **self._prepare_forecast_table(self.forecast, self.company_id),
            "deadline": self._get_forecast_deadline(),
            "notes": self._get_forecast_notes(),
            "as_of": format_datetime(self.env, self.forecast_at, dt_format="short"),
        }

    def _get_forecast_deadline(self):
        """Return until when the first contacts of the show are to be made, as text."""
        show = self.trade_show_id
        if not show or show.clock_start != "closing":
            return False
        deadline = show._first_contact_deadline(False)
        return format_datetime(self.env, deadline, dt_format="EEEE d MMMM y HH:mm")

    def _get_forecast_notes(self):
        """Return what a person should know besides, as ``[(Bootstrap colour, text)]``."""
        notes = self._get_forecast_warnings(self.company_id)
        if not self.forecast["cadence_id"]:
            notes.append(
                ("warning", self.env._("No cadence with steps is set: nobody is contacted."))
            )
        notes += self._get_forecast_open_notes(self.forecast)
        counts = {"unreached": self.forecast["unreached_count"], **self.forecast["left_out"]}
        texts = {
            **self.env["lead.cadence"]._get_entry_reason_texts(),
            "unreached": self.env._("No step of the cadence reaches them"),
            "not_a_buyer": self.env._("Not contacted, because they don't buy"),
            "customer": self.env._("Customers and open deals, whose owners are told"),
            "do_not_contact": self.env._("Must not be contacted"),
            "in_cadence": self.env._("In a cadence already"),
            "other": self.env._("Stay out of the cadence for another reason"),
        }
        notes += [
            (
                "warning" if word == "unreached" else "info",
                self.env._("%(what)s – %(count)s", what=text, count=counts[word]),
            )
            for word, text in texts.items()
            if counts.get(word)
        ]
        return notes

    def _describe_undo(self):
        """Return what undoing would do, as a list of figures."""
        self.ensure_one()
        done = self.row_ids.with_context(active_test=False).filtered("is_done")
        # sudo: as the undo itself, whoever may take the import back
        known = done.sudo().filtered("undo_values")
        kept = self.sudo()._get_kept_leads(done.sudo())
        worked_on = known._get_worked_on_leads()
        touches = self.env["lead.touch"].search_count(
            [
                ("enrollment_id.import_id", "in", self.ids),
                ("state", "in", ("planned", "approval", "queued", "waiting")),
            ]
        )
        lines = [
            (self.env._("New leads to be deleted"), len(self._get_new_leads(done) - kept)),
            (self.env._("Known leads that are put back as they were"), len(known.lead_id)),
            (self.env._("Planned contacts to be withdrawn"), touches),
            (self.env._("Worked on since, these stay"), len(kept | worked_on)),
        ]
        items = Markup("").join(Markup("<li>%s: <strong>%s</strong></li>") % line for line in lines)
        return Markup("<ul>%s</ul>") % items
