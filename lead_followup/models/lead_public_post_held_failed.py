import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class LeadPublicPost(models.Model):
    """A form that can't be received: held back with the reason, and told of, not tried for ever."""

    _inherit = "lead.public.post"

    failed_at = fields.Datetime("Failed On", readonly=True)
    failure = fields.Char("Why It Failed", readonly=True)

    def _note_failed(self, error):
        super()._note_failed(error)
        post = self.exists()
        if not post:
            return
        failed = [("link_id", "=", post.link_id.id), ("failed_at", "!=", False)]
        is_first = not self.search_count(failed, limit=1)
        is_told = isinstance(error, UserError)
        post.write(
            {
                "is_held": True,
                "failed_at": fields.Datetime.now(),
                "failure": str(error) if is_told else self.env._("The server's log says why."),
            }
        )
        if is_first:
            post._try_to_tell_failed()

    def _try_to_tell_failed(self):
        """Tell of it; where that fails as well, the form is held all the same."""
        try:
            with self.env.cr.savepoint():
                self._tell_failed()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:  # whatever others do when a message is posted
            _logger.exception("Nobody could be told of the form %s", self.id)

    def _tell_failed(self):
        """Tell whoever looks after what the form is about; by the show, or by the referral."""
        record = self.link_id[self.link_id._get_record_fields()[self.link_id.kind]]
        user = record.user_id
        lang = user.lang or record.company_id.partner_id.lang or None
        record = record.with_context(lang=lang)
        record.message_post(
            body=record.env._(
                "A form that somebody sent in could not be taken in. Look at it in CRM, "
                "Trade Shows, “Forms Held Back”: let it in again, or throw it away."
            ),
            partner_ids=user.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def action_let_in(self):
        result = super().action_let_in()
        self.sudo().write({"failed_at": False, "failure": False})  # sudo: as above, by managers
        return result
