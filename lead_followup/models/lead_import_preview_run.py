import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import intake

_logger = logging.getLogger(__name__)


class LeadImport(models.Model):
    """The preview of a long file, in the background: nobody waits a minute for a button.

    ``action_preview`` does it at once, whatever the length; the button defers beyond some rows.
    """

    _inherit = "lead.import"

    _PREVIEW_AT_ONCE = 5000  # rows; about five seconds
    _PREVIEW_TOLD = 1000  # rows after which whoever watches is told how far it is

    preview_state = fields.Selection(
        [("asked", "To be read"), ("running", "Being read")], readonly=True, copy=False
    )
    preview_user_id = fields.Many2one(
        "res.users", readonly=True, copy=False, help="Who asked for it; its hints speak to them."
    )

    def action_preview(self):
        if self.env.context.get("lead_preview_may_wait"):  # the button says so, Python does not
            return self.action_ask_preview()
        return super().action_preview()

    def action_ask_preview(self):
        """Preview as ``action_preview`` does; a long file in the background.

        :raises UserError: the file can't be read; says why and what to do.
        """
        self.ensure_one()
        self.check_access("write")
        if self.preview_state:
            return
        self._check_may_preview()
        table = self._read_if_long()
        if table is None:
            self.with_context(lead_preview_may_wait=False).action_preview()
            return
        # sudo: how far an import is, the program says
        self.sudo().write({"preview_state": "asked", "preview_user_id": self.env.uid})
        self.env.ref("lead_followup.ir_cron_preview_imports").sudo()._trigger()

    def action_import(self):
        for job in self:
            if job.preview_state:
                raise UserError(
                    self.env._(
                        "“%(job)s” is still being read. Wait for its preview, then import it.",
                        job=job.name,
                    )
                )
        return super().action_import()

    @api.model
    def _cron_preview_imports(self):
        """Preview the long files asked for; one that the server broke off says so."""
        cron = self.env["ir.cron"]
        jobs = self.search([("preview_state", "in", ("asked", "running"))], order="id")
        cron._commit_progress(remaining=len(jobs))
        for job in jobs:
            if not job.try_lock_for_update():
                continue
            if job.preview_state == "running":  # a server was killed over it
                job._fail_preview()
            else:
                job.preview_state = "running"
                job._send_progress()
                if not cron._commit_progress():
                    return
                job._preview_in_background()
            job._send_progress()
            if not cron._commit_progress(1):
                return

    def _preview_in_background(self):
        """Preview this import for who asked for it, in their language."""
        self.ensure_one()
        # held: what was asked of a stale screen must not meet an import begun meanwhile
        if self.try_lock_for_update() and not self._may_preview():
            self.preview_state = False
            return
        user = self.preview_user_id
        asked = self.with_user(user).with_context(
            lang=user.lang,
            tz=user.tz,
            lead_import_told=True,
            allowed_company_ids=self.company_id.ids,
        )
        try:
            with self.env.cr.savepoint():
                asked.action_preview()
                self.preview_state = False
        except OperationalError:
            # whole: a snapshot that has met newer work would meet it again
            self.env.cr.rollback()
            self.preview_state = "asked"
            self.env.ref("lead_followup.ir_cron_preview_imports")._trigger()
        except UserError as refusal:
            self.write({"preview_state": False, "state": "failed", "message": str(refusal)})
        except Exception:
            _logger.exception("The preview of import %s failed", self.id)
            self._fail_preview()

    def _fail_preview(self):
        if not self._may_preview():
            self.preview_state = False
            return
        job = self.with_context(lang=self.preview_user_id.lang)
        message = job.env._(
            "The preview of this file broke off. The server's log says why; most often the file is "
            "too long for one go. Split it in parts, then load them one by one."
        )
        self._reset_preview()
        self.write({"preview_state": False, "state": "failed", "message": message})

    def _read_if_long(self):
        """Return the ``intake.Table`` of a file too long to wait for, None of any other.

        :raises UserError: the file can't be read; says why and what to do.
        """
        try:
            table = self._read_table()
        except (intake.FileEmpty, intake.HeadingsOnly):
            return None
        except intake.FileRefused as refusal:
            raise UserError(self._describe_refusal(refusal)) from refusal
        return table if len(table.rows) > self._PREVIEW_AT_ONCE else None

    def _note_judged(self, done, total):
        if self.env.context.get("lead_import_told") and not done % self._PREVIEW_TOLD:
            self._tell_judged(done, total)
        return super()._note_judged(done, total)

    def _tell_judged(self, done, total):
        """Tell who watches at once how many rows are judged: this transaction ends much later."""
        with self.env.registry.cursor() as cr:
            job = self.with_env(self.env(cr=cr))
            job._bus_send(
                "lead_import.progress",
                {**job._get_progress(), "judged": {"done": done, "total": total}},
            )
