import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

_logger = logging.getLogger(__name__)

_CROSSED = (OperationalError, ConcurrencyError)


class LeadPublicPost(models.Model):
    """A form that was sent in, kept until the background has done what it asks for.

    Whoever sent it is answered as soon as it is kept: how long a lead takes to be made, or a known
    one to be enriched, would tell him whether we know the address he typed. It goes when all that
    follows from it is kept, in the same transaction; what fails stays, and waits
    for somebody to look at it.
    """

    _name = "lead.public.post"
    _description = "Public Form Sent In"
    _order = "id"

    link_id = fields.Many2one(
        "lead.public.link", required=True, readonly=True, index=True, ondelete="cascade"
    )
    said = fields.Json(required=True, readonly=True)  # as the receiver of its kind of link takes it

    @api.model
    def _keep(self, link, said):
        """Keep what was sent in by ``link``; the background receives it in a moment."""
        self.create({"link_id": link.id, "said": said})
        self.env.ref("lead_followup.ir_cron_receive_forms")._trigger()

    @api.model
    def _cron_receive_forms(self):
        """Receive the forms that were kept, a transaction each; what fails is held back."""
        posts, cron = self.search(self._get_due_domain()), self.env["ir.cron"]
        cron._commit_progress(remaining=len(posts))
        for post in posts:
            try:
                with self.env.cr.savepoint():
                    post._receive()
            except _CROSSED as crossed:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                _logger.info("Form %s was crossed: %s", post.id, crossed)
                self.env.ref("lead_followup.ir_cron_receive_forms")._trigger()
            except Exception as error:
                _logger.exception("Form %s could not be received, and is kept", post.id)
                post._note_failed(error)
            if not cron._commit_progress(1):
                break

    def _note_failed(self, error):
        """Called when ``error`` kept this form from being received; others say what follows."""

    @api.model
    def _get_due_domain(self):
        """Return which forms are received by the next run; others may leave some out."""
        return []

    def _receive(self):
        post = self.try_lock_for_update().exists()
        if not post:
            return
        link, said = post.link_id, post.said
        company = link.company_id or self.env.company
        link.with_company(company)._receive(said)
        post.unlink()
