import hashlib
import logging

from odoo import api, models
from odoo.tools import SQL

from ..tools import intake
from .crossed import CROSSED

_logger = logging.getLogger(__name__)

_BUCKETS = 2**20


class LeadPersonGuard(models.Model):
    """Whoever writes down a person makes a mark, so that nobody does so at the same moment.

    The id of a record is a number made of what a person is known by: an e-mail address, a phone
    number and a name, a name and a company. A transaction that writes people down updates the
    marks of all of them before it looks whether they are known. One that began before another
    was kept could not see the other's lead: the database refuses its marks, and it begins anew.
    Different people hardly ever share a mark, and do not wait for each other.
    """

    _name = "lead.person.guard"
    _description = "Mark of a Person Being Written Down"
    _log_access = False

    @api.model
    def _hold(self, people):
        """Keep everybody else from writing down these people until this transaction ends.

        :param people: dicts of the words of a row.
        :raises SerializationFailure: somebody has written one down since this transaction began.
        """
        self._hold_keys(key for values in people for key in _get_keys(values))

    @api.model
    def _try_hold(self, people):
        """Do the same for whom must not fail by it; return whether the marks are made.

        Whoever comes later begins anew all the same. Who was quicker is not seen by this
        transaction, which goes on without.
        """
        try:
            with self.env.cr.savepoint():
                self._hold(people)
        except CROSSED as crossed:
            _logger.info("Somebody else writes the same person down right now: %s", crossed)
            return False
        return True

    @api.model
    def _hold_keys(self, keys):
        """Do the same for people known by these texts or tuples of texts."""
        buckets = sorted({_get_bucket(key) for key in keys})
        if buckets:  # in one order, so that no two wait for each other
            self.env.cr.execute(
                SQL(
                    """INSERT INTO lead_person_guard (id) SELECT unnest(%s)
                       ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id""",
                    buckets,
                ),
                log_exceptions=False,  # expected: whoever is refused begins anew
            )


def _get_keys(values):
    keys = [intake.email_key(values), *intake.phone_keys(values), intake.name_company_key(values)]
    return [key for key in keys if key]


def _get_bucket(key):
    """Return a number from 1 on, the same for the same key on every server.

    >>> _get_bucket("ann@ample.example") == _get_bucket("ann@ample.example")
    True
    >>> 1 <= _get_bucket(("Ann", "Ample")) <= _BUCKETS
    True
    """
    digest = hashlib.blake2b(repr(key).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) % _BUCKETS + 1
