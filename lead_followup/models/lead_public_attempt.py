from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import hmac

from ..tools import public

_SCOPE = "lead_followup-public_attempt"
_WINDOW = timedelta(hours=1)
_KEPT = timedelta(days=1)


class LeadPublicAttempt(models.Model):
    """One sending-in of a public form, for as long as it counts against too many of them.

    Kept in the database, for several servers answer together; requests that come in at the very
    same moment don't see each other, so that a cap may be overstepped by as many as run at once.
    Of the address only a keyed hash is kept, and that for a day.
    """

    _name = "lead.public.attempt"
    _description = "Attempt at a Public Form"
    _log_access = False

    link_id = fields.Many2one("lead.public.link", required=True, ondelete="cascade")
    connection_hash = fields.Char(required=True)
    attempted_at = fields.Datetime(required=True, default=fields.Datetime.now)
    is_used = fields.Boolean()  # what was sent in was taken

    _link_idx = models.Index("(link_id, attempted_at)")
    _connection_idx = models.Index("(connection_hash, attempted_at)")

    @api.model
    def _get_room(self, link, address, has_captcha=False):
        """Return what becomes of one more form by ``link`` from ``address``: open, held or closed.

        What was taken within the hour counts for both, what was refused or held for the connection
        alone, apart and with a wider cap: else whoever sends nonsense would close a poster to
        everybody else. Where a whole hall comes in by one connection, nobody is sent away for what
        another has sent: see ``lead.public.link._holds_overflow``.

        :param address: the IP address, as text.
        :param has_captcha: nothing is taken but what a person sent; connections have no cap.
        """
        link_cap, connection_cap, refused_cap = link._get_own_caps()
        recent = Domain("attempted_at", ">", fields.Datetime.now() - _WINDOW)
        taken = recent & Domain("is_used", "=", True)
        same_connection = Domain("connection_hash", "=", self._get_connection_hash(address))
        same_connection &= Domain("link_id.kind", "=", link.kind)
        refused = recent & Domain("is_used", "=", False)
        if not has_captcha and self._has(refused & same_connection, refused_cap):
            return "closed"
        is_over = self._has(taken & Domain("link_id", "=", link.id), link_cap)
        if not is_over and not has_captcha:
            is_over = self._has(taken & same_connection, connection_cap)
        if not is_over:
            return "open"
        return "held" if link._holds_overflow() else "closed"

    @api.model
    def _has(self, domain, count):
        return self.search_count(domain, limit=count) >= count

    @api.model
    def _note(self, link, address, is_used):
        """Note that something was sent in by ``link``; ``is_used``: and taken."""
        connection = self._get_connection_hash(address)
        self.create({"link_id": link.id, "connection_hash": connection, "is_used": is_used})

    @api.model
    def _get_connection_hash(self, address):
        # sudo: the secret of the database is the key
        return hmac(self.env(su=True), _SCOPE, public.network_of(address))[:32]

    @api.autovacuum
    def _sweep(self):
        """Forget who sent what in; how often a link was used stays on the link."""
        old = self.search([("attempted_at", "<", fields.Datetime.now() - _KEPT)])
        for link, attempts in old.filtered("is_used").grouped("link_id").items():
            link.counted_use_count += len(attempts)
        old.unlink()
