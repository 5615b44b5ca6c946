from odoo import api, models
from odoo.fields import Domain

from ..tools import intake


class LeadImport(models.Model):
    """Corrections of what a phone has sent before: laid onto the record they correct.

    The phone names the record by its key, and gives its correction a key of its own. Whoever
    wrote down a record at the booth corrects it, at the same show; any other key says nothing, and
    what came with it is a record like others. What was erased meanwhile is corrected no more.
    """

    _inherit = "lead.import"

    @api.model
    def _write_fresh(self, record_by_key, door, show, company, user):
        if door != "booth":
            return super()._write_fresh(record_by_key, door, show, company, user)
        keys_by_key = {
            key: keys
            for key, record in record_by_key.items()
            if (keys := intake.replaced_keys(record))
        }
        self._hold_captures(record_by_key, keys_by_key)
        made = self.env["lead.import.row"]
        if erased := self._find_erased(record_by_key, keys_by_key, show, user):
            made |= self._refuse_erased(erased, door, show, company, user)
            record_by_key = {
                key: record for key, record in record_by_key.items() if key not in erased
            }
            keys_by_key = {key: keys for key, keys in keys_by_key.items() if key not in erased}
        overtaken = self._find_overtaking(record_by_key, show, user)
        corrected = self._find_corrected(keys_by_key, show, user)
        later = [
            key
            for key, keys in keys_by_key.items()
            if key in corrected or not record_by_key.keys().isdisjoint(keys)
        ]
        rest = record_by_key.keys() - overtaken.keys() - set(later)
        if plain := {key: record for key, record in record_by_key.items() if key in rest}:
            made |= super()._write_fresh(plain, door, show, company, user)
        for key, row in overtaken.items():
            made |= row._note_overtaken(key, record_by_key[key])
        for key in (key for key in later if key not in overtaken):
            keys, record = {key: keys_by_key[key]}, {key: record_by_key[key]}
            # found anew: an earlier one of the same call may have made or moved it
            if row := self._find_corrected(keys, show, user).get(key):
                made |= row._correct(key, record[key])
            else:
                made |= super()._write_fresh(record, door, show, company, user)
        return made

    @api.model
    def _hold_captures(self, record_by_key, keys_by_key):
        """Have a record and its correction that arrive at the same moment be met one by one."""
        keys = {key for keys in keys_by_key.values() for key in keys} | record_by_key.keys()
        self.env["lead.person.guard"]._hold_keys(("capture", key) for key in keys)

    @api.model
    def _find_erased(self, record_by_key, keys_by_key, show, user):
        """Return ``{key: record}`` of those that speak of somebody whose words were erased.

        They correct, or were overtaken by, what was erased, or correct one that does.
        """
        named = {key for keys in keys_by_key.values() for key in keys}
        rows = self.env["lead.import.row"].search(
            self._get_captures_domain(show, user)
            & Domain("forgotten_at", "!=", False)
            & (Domain("capture_key", "in", list(named)) | self._get_replaces_domain(record_by_key))
        )
        gone = set(rows.mapped("capture_key"))
        erased = {key for row in rows for key in row._get_replaced_keys()} & record_by_key.keys()
        while (
            more := {
                key for key, keys in keys_by_key.items() if not (gone | erased).isdisjoint(keys)
            }
            - erased
        ):
            erased |= more
        return {key: record for key, record in record_by_key.items() if key in erased}

    @api.model
    def _refuse_erased(self, record_by_key, door, show, company, user):
        """Reject these records; nothing of what they say is kept."""
        job = self._open_capture(door, show.id, company.id)
        rows = job._note_captures(record_by_key, user)
        rows._reject_captured("erased")
        rows._forget()
        return rows

    @api.model
    def _find_corrected(self, keys_by_key, show, user):
        """Return ``{key: row}``: the last sent of those each record corrects that may be."""
        keys = {key for keys in keys_by_key.values() for key in keys}
        if not keys:
            return {}
        rows = self.env["lead.import.row"].search(
            self._get_own_captures_domain(show, user)
            & Domain("capture_key", "in", list(keys))
            & Domain("verdict", "!=", "rejected")
            & Domain("forgotten_at", "=", False)
            & Domain("is_done", "=", True)
            & Domain("lead_id", "!=", False)
            # one that was met by another of its own call has nothing of its own to correct
            & (Domain("match_number", "=", 0) | Domain("reason", "=", "correction"))
        )
        row_by_key = {row.capture_key: row for row in rows}
        found = {
            key: next((row_by_key[one] for one in keys if one in row_by_key), None)
            for key, keys in keys_by_key.items()
        }
        return {key: row for key, row in found.items() if row}

    @api.model
    def _find_overtaking(self, record_by_key, show, user):
        """Return ``{key: row}`` of those whose correction has come in before them."""
        rows = self.env["lead.import.row"].search(
            self._get_own_captures_domain(show, user)
            & self._get_replaces_domain(record_by_key)
            & Domain("verdict", "!=", "rejected")
            & Domain("forgotten_at", "=", False)
        )
        return {  # of several the one that came in last
            key: row
            for row in rows.sorted("id")
            for key in row._get_replaced_keys()
            if key in record_by_key
        }

    @api.model
    def _get_replaces_domain(self, keys):
        """Find the rows that may correct what has one of ``keys``; the rows know which."""
        return Domain.OR(Domain("replaces_key", "like", key) for key in keys)

    @api.model
    def _get_own_captures_domain(self, show, user):
        return self._get_captures_domain(show, user) & Domain("import_id.state", "!=", "undone")

    @api.model
    def _get_captures_domain(self, show, user):
        return (
            Domain("capture_user_id", "=", user.id)
            & Domain("import_id.door", "=", "booth")
            & Domain("import_id.trade_show_id", "=", show.id)
        )
