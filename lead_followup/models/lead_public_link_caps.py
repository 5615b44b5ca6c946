from odoo import models

_REFUSED = 2000  # an hour, by one connection


class LeadPublicLink(models.Model):
    """How much is taken within an hour: as an administrator has set it, else as the kind says."""

    _inherit = "lead.public.link"

    def _holds_overflow(self):
        """Tell whether what is over the caps is kept for somebody to look at, not refused.

        So on a poster: the next visitor in the hall comes in by the same connection.
        """
        self.ensure_one()
        return self.kind == "poster"

    def _get_own_caps(self):
        """Return ``(taken by this link, by one connection, refused or held of one connection)``.

        Each by forms of this kind within an hour. System parameters say otherwise:
        ``lead_followup.public_<kind>_link_cap``, ``…_connection_cap``, ``…_refused_cap``.
        """
        self.ensure_one()
        # sudo: nobody but administrators reads parameters
        read = self.env["ir.config_parameter"].sudo().get_param
        names = ("link_cap", "connection_cap", "refused_cap")
        usual = (*self._get_caps()[self.kind], _REFUSED)
        return tuple(
            _read_count(read(f"lead_followup.public_{self.kind}_{name}"), count)
            for name, count in zip(names, usual, strict=True)
        )


def _read_count(text, usual):
    """Return the number above 0 that ``text`` is; ``usual`` where it is none.

    >>> _read_count("40", 7), _read_count("0", 7), _read_count("many", 7), _read_count(False, 7)
    (40, 7, 7, 7)
    """
    text = str(text or "").strip()
    return int(text) if text.isdecimal() and int(text) else usual
