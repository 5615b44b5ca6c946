import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.fields import Domain
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

_TRIES = 5  # a step that crosses somebody's work is tried again


class LeadImport(models.Model):
    """The background run of an import: rows, then offers, then cadence, each step kept when done.

    A chunk is one transaction: its leads, visits, answers, scores and the mark on its rows stand
    or fall together, so that a run killed anywhere goes on at the first row not yet marked.
    """

    _inherit = "lead.import"

    _CHUNK = 500  # rows a transaction
    _QUEUE_AT_ONCE = 500  # rows; beyond, what is planned is put on its way after the import

    run_tries = fields.Integer(
        readonly=True,
        copy=False,
        help="How often in a row a step met somebody's work and was lost.",
    )

    @api.model
    def _cron_run_imports(self):
        """Work off the queued imports; what fails is marked so and says why."""
        self.search([("state", "in", ("queued", "running"))], order="id")._run_each()

    def _run_each(self):
        """Work off these imports one after the other; others may have them worked off elsewhere."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(self))
        for job in self:
            job = job.try_lock_for_update().exists()
            if not job or job.state not in ("queued", "running"):
                continue
            try:
                has_time = job._run()
            except OperationalError as crossed:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                job.exists()._try_again(crossed)
                has_time = True
            except LockError:
                has_time = True  # somebody takes it back right now
            except Exception:  # what a chunk had begun is rolled back with its savepoint
                _logger.exception("Import %s failed", job.id)
                job.write({"state": "failed", "message": job._get_failure_text()})
                job._send_progress()
                has_time = True
            if not cron._commit_progress(1) or not has_time:
                cron._commit_progress(remaining=1)
                break

    def _run(self):
        """Do what is left of this import; return False when time is up or somebody stopped it."""
        self.ensure_one()
        self = self.with_company(self.company_id)
        if self.state != "running":
            self.state = "running"
        # Let go of the row: locked for a whole chunk, it could not be paused meanwhile. Two
        # runners are kept apart by the scheduler, which runs a cron once at a time.
        if not self._commit_step(0):
            return False
        while self.phase == "rows":
            with self.env.cr.savepoint():
                rows = self._get_next_rows()
                if rows:
                    self._hold()
                    rows._write_leads()._update_scores()
                    rows._keep_state_after()
                else:
                    self._close_rejected_rows()
                    self.phase = "offer"
            if not self._commit_step():
                return False
        if self.phase == "offer":
            with self.env.cr.savepoint():
                self._hold()
                self._offer_leads()
                self._note_offered()
                self.phase = "enroll"
            if not self._commit_step():
                return False
        if not self._enroll_leads():
            return False
        with self.env.cr.savepoint():
            self._tell_owners()
            self._count_verdicts()
            self._note_followed_up()
            self.state = "done"
            self._post_summary()
        self._send_progress()
        return True

    def _try_again(self, crossed):
        """Have a run that crossed somebody's work go on where it stopped, up to a limit."""
        if not self or self.state not in ("queued", "running"):
            return
        self.run_tries += 1
        _logger.info("Import %s, try %s, was crossed: %s", self.id, self.run_tries, crossed)
        if self.run_tries >= _TRIES:
            self.write({"state": "failed", "run_tries": 0, "message": self._get_failure_text()})
            self._send_progress()
        else:
            self.env.ref("lead_followup.ir_cron_run_imports")._trigger()

    def _commit_step(self, steps=1):
        """Keep what was done and tell who watches; return whether to go on now.

        :param steps: done since the last time; the scheduler gives up what was killed thrice
            without any.
        """
        if steps and self.run_tries:
            self.run_tries = 0
        self._send_progress()
        left = self.search_count([("state", "in", ("queued", "running"))])
        has_time = self.env["ir.cron"]._commit_progress(steps, remaining=max(left, 1))
        return bool(has_time) and self._goes_on()

    def _get_next_rows(self):
        """Return the next chunk of rows that stand for a person and are not written yet."""
        todo = Domain("import_id", "=", self.id) & Domain("is_done", "!=", True)
        heads = Domain("verdict", "in", ("new", "enriched")) | (
            Domain("verdict", "=", "duplicate") & Domain("match_number", "=", 0)
        )
        rows = self.env["lead.import.row"].search(todo & heads, order="number", limit=self._CHUNK)
        rows._hold_people()
        rows._match_known_leads()  # what another import has written meanwhile counts too
        return rows.filtered(lambda row: not row.match_number)

    def _close_rejected_rows(self):
        self._get_rows([("verdict", "=", "rejected")]).is_done = True

    def _get_rows(self, domain):
        """Return the rows of this import in ``domain``; the others are not read."""
        return self.env["lead.import.row"].search(
            Domain("import_id", "in", self.ids) & Domain(domain)
        )

    def _goes_on(self):
        """Tell whether this import is there and running still: not paused, undone or deleted."""
        self.invalidate_recordset(["state"])
        return self.exists().state == "running"

    def _offer_leads(self):
        """Offer the written leads to salespeople; others may override how."""
        self._get_written_leads()._offer_qualified()

    def _get_written_leads(self):
        written = Domain("is_done", "=", True) & Domain("lead_id", "!=", False)
        rows = self.env["lead.import.row"].search_fetch(
            Domain("import_id", "in", self.ids) & written, ["lead_id"]
        )
        return rows.lead_id

    def _note_offered(self):
        """Called in the step in which the written leads were offered; others may override."""

    def _note_followed_up(self):
        """Called in the last step of a run, when all is done; others may override."""

    def _get_lead_type(self):
        """Return “lead”, or “opportunity” where the one who imports doesn't use leads."""
        user = self.create_uid or self.env.user
        return "lead" if user.has_group("crm.group_use_lead") else "opportunity"

    def _enroll_leads(self):
        """Let the buyers among the leads enter the cadence; customers and open deals stay out.

        :return: False when the scheduler's time is up or somebody paused the import; whoever is in
            already is passed over.
        """
        cadence = self._get_cadence()
        if not cadence.step_ids:
            return True
        rows = self._get_rows_to_enroll()
        if len(rows) > self._QUEUE_AT_ONCE:
            cadence = cadence.with_context(lead_queue_later=True)
        for batch in self._get_batches_to_enroll(rows):
            with self.env.cr.savepoint():
                self._hold()
                cadence._enroll(batch).import_id = self
            if not self._commit_step():
                return False
        return True

    def _get_cadence_rows(self):
        """Return the rows whose leads are to enter the cadence, or have done so."""
        return self.env["lead.import.row"].search_fetch(  # not what the file said: it is much
            [
                ("import_id", "=", self.id),
                ("verdict", "in", ("new", "enriched")),
                ("is_known_customer", "=", False),
            ],
            ["lead_id", "is_revived"],
        )

    def _get_rows_to_enroll(self):
        """Return those of these rows that this run looks at; others may override."""
        return self._get_cadence_rows()

    def _get_batches_to_enroll(self, rows):
        """Return the leads of ``rows`` still to enter the cadence, a chunk at a time.

        The best first: they get the early places under the sender's daily cap. A known lead that
        was in a cadence before enters for a new visit, or taken up again; not because a further
        file of the same show has added a value.
        """
        # apart: PostgreSQL knows nothing yet of so many new rows and joins them badly
        entered = self.env["lead.cadence.enrollment"]
        entered = entered.search_fetch([("import_id", "=", self.id)], ["lead_id"]).lead_id
        has_reason = (
            Domain("enrollment_ids", "=", False)
            | Domain("visit_ids.import_id", "=", self.id)
            | Domain("id", "in", rows.filtered("is_revived").lead_id.ids)
        )
        todo = self.env["crm.lead"].search(
            Domain("id", "in", (rows.lead_id - entered).ids)
            & Domain("lifecycle", "!=", "disqualified")
            & has_reason,
            order="score_total desc, id",
        )
        return split_every(self._CHUNK, todo.ids, todo.browse)

    def _get_cadence(self):
        """Return which cadence the leads enter: the show's; without a show the general one."""
        if self.trade_show_id:
            return self.trade_show_id.cadence_id.filtered("active")
        general = self.env.ref("lead_followup.lead_cadence_general", raise_if_not_found=False)
        return (general or self.env["lead.cadence"]).filtered("active")

    def _tell_owners(self):
        """Leave a note with the owners of customers and open deals that were at the show, once."""
        rows = self._get_rows(
            Domain("is_known_customer", "=", True)
            & Domain("verdict", "in", ("new", "enriched"))
            & Domain("is_owner_told", "!=", True)
        ).filtered(lambda row: not row.lead_id.do_not_contact)
        rows.is_owner_told = True
        for row in rows:
            show = self.trade_show_id
            owner = (
                row.lead_id.user_id
                or row.won_lead_id.user_id
                or row.partner_id.user_id
                or show.user_id
                or self.create_uid
            )
            row.lead_id.message_notify(
                partner_ids=owner.partner_id.ids,
                subject=self.env._("%(name)s was seen again", name=row.lead_id.name),
                body=self.env._(
                    "%(name)s is a customer or an open deal of yours and stands in “%(job)s”. "
                    "No cadence was started; please get in touch.",
                    name=row.lead_id.name,
                    job=self.name,
                ),
            )

    def _post_summary(self):
        """Post the one note of this import on the show, or on the import itself.

        Where more rows came in after the first, a note with the figures of all takes its place.
        """
        self.summary_message_id.unlink()
        self.summary_message_id = (self.trade_show_id or self).message_post(
            body=self._get_summary_body(), subtype_xmlid="mail.mt_note"
        )

    def _get_summary_body(self):
        """Return the figures of this import as HTML."""
        lines = [
            self.env._("Rows: %s", self.row_count),
            self.env._("New leads: %s", self.new_count),
            self.env._("Known leads enriched: %s", self.enriched_count),
            self.env._("Duplicates: %s", self.duplicate_count),
            self.env._("Rejected: %s", self.rejected_count),
        ]
        if not self._get_cadence().step_ids:
            lines.append(self.env._("No cadence with steps is set: nobody was enrolled."))
        lines += self._describe_left_out_of_cadence()
        items = Markup("").join(Markup("<li>%s</li>") % line for line in lines)
        title = self.env._("“%s” is imported.", self.file_name or self.name)
        return Markup("<p>%s</p><ul>%s</ul>") % (title, items)

    def _get_failure_text(self):
        return self.env._(
            "The import broke off after %(done)s of %(rows)s rows; those stand. The server's log "
            "says why. Mend it, then press “Import” again: it goes on where it stopped.",
            done=self.done_count,
            rows=self.row_count,
        )
