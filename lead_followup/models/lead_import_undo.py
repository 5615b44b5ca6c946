from markupsafe import Markup

from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL

_SHOWN = 20  # leads named in a message


class LeadImport(models.Model):
    """Taking an import back: what it made and added goes, what people have worked on stays.

    New leads nobody has touched are deleted; known ones are put back where they stood. A new lead
    that was worked on stays with all it has. A known one that was worked on stays where it stands
    by now, and loses only what the file had put into it, where that is unchanged. Which leads
    stay is said. The same file imported again comes to the same verdicts as the first time.
    """

    _inherit = "lead.import"

    def action_undo(self):
        """Delete the leads this import made and take back what it added to known ones.

        :raises UserError: nothing was imported, or a chunk is being written right now.
        """
        self.check_access("write")
        for job in self:
            if job.door and job.state in ("queued", "running"):
                raise UserError(
                    self.env._(
                        "“%(job)s” is being followed up. Wait a minute, then press “Undo” again; "
                        "nothing was changed.",
                        job=job.name,
                    )
                )
            if job.state not in ("done", "failed", "paused") or not job.row_count:
                raise UserError(
                    self.env._("“%(job)s” was not imported; nothing to undo.", job=job.name)
                )
            try:
                # sudo: whoever may import may take it back; touches and visits are the engine's
                job.sudo()._hold()
            except LockError as error:
                raise UserError(
                    self.env._(
                        "“%(job)s” is being written right now. Wait a few seconds, then press "
                        "“Undo” again; nothing was changed.",
                        job=job.name,
                    )
                ) from error
            job.sudo()._undo()

    def _hold(self):
        """Keep everybody else from writing or taking back this import in this transaction.

        The first row stands for all of them: it is locked and stamped, so that whoever comes at
        the same time can't lock it, and whoever began before this is kept finds it changed: the
        database then has him begin anew. The import itself is left free, to be paused.

        :raises LockError: somebody else is at it.
        """
        first = self.env["lead.import.row"].search(
            [("import_id", "=", self.id)], order="number", limit=1
        )
        first.lock_for_update()
        self.env.cr.execute(
            SQL("UPDATE lead_import_row SET write_date = %s WHERE id = %s", self._now(), first.id)
        )

    def _now(self):
        return self.env.cr.now()

    def _is_source(self, source):
        """Tell whether an answer with this ``source`` came by this import, however it was named."""
        return bool(source) and source.endswith(f"(#{self.id})")

    def _undo(self):
        rows = self.row_ids.with_context(active_test=False).filtered("is_done")
        known = rows.filtered("undo_values")
        kept = self._get_kept_leads(rows)
        worked_on = known._get_worked_on_leads()
        self._take_back_enrollments(kept)
        self._take_back_visits(kept, worked_on)
        known._take_back(worked_on)
        (self._get_new_leads(rows) - kept).unlink()
        known.lead_id._update_scores()
        self._mark_undone(rows.filtered(lambda row: row.lead_id in kept))
        self._tell_what_stays(kept, worked_on)

    def _get_new_leads(self, rows):
        return rows.filtered(lambda row: row.verdict == "new").lead_id

    def _get_kept_leads(self, rows):
        """Return the leads this import made that somebody has worked on since."""
        leads = self._get_new_leads(rows)
        return leads._filter_contacted() | leads._filter_worked_on(self)

    def _take_back_enrollments(self, kept):
        """End the cadences this import began; those of ``kept`` leads go on."""
        enrollments = self.env["lead.cadence.enrollment"].search([("import_id", "=", self.id)])
        enrollments.filtered(lambda enrollment: enrollment.lead_id not in kept)._take_back()

    def _take_back_visits(self, kept, worked_on):
        """Delete the visits this import made, but for those somebody has followed up."""
        visits = self.env["lead.show.visit"].search([("import_id", "=", self.id)])
        visits = visits.filtered(
            lambda visit: (
                visit.lead_id not in kept
                and not (visit.lead_id in worked_on and visit.first_touch_at)
            )
        )
        visits._take_back_events()
        visits.unlink()

    def _mark_undone(self, kept_rows):
        """Mark all rows as not done but ``kept_rows``; every one is stamped, see ``_hold``."""
        self.env["lead.import.row"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE lead_import_row
                      SET is_done = id = ANY(%s), undo_values = NULL, write_date = %s
                    WHERE import_id = %s""",
                kept_rows.ids,
                self._now(),
                self.id,
            )
        )
        self.env["lead.import.row"].invalidate_model()
        self.state = "undone"

    def _tell_what_stays(self, kept, worked_on):
        """Say which leads stay because somebody has worked on them, here and in the chatter."""
        lines = []
        if kept:
            lines.append(
                self.env._(
                    "New leads that were worked on since, and stay as they are: %(count)s "
                    "(%(leads)s).",
                    count=len(kept),
                    leads=_name_leads(kept),
                )
            )
        if worked_on:
            lines.append(
                self.env._(
                    "Known leads that were worked on since: %(count)s (%(leads)s). They stay where "
                    "they stand; only what the file had filled in was taken back.",
                    count=len(worked_on),
                    leads=_name_leads(worked_on),
                )
            )
        self.message = "\n".join(lines) or False
        if lines:
            items = Markup("").join(Markup("<li>%s</li>") % line for line in lines)
            title = self.env._("The import was undone.")
            self._message_log(body=Markup("<p>%s</p><ul>%s</ul>") % (title, items))


def _name_leads(leads):
    """Return the names of ``leads`` with their numbers, the first of many."""
    named = [f"{lead.name} (#{lead.id})" for lead in leads.sorted("id")[:_SHOWN]]
    return ", ".join(named) + (", …" if len(leads) > _SHOWN else "")
