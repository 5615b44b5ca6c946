"""Leads found by the three keys of a person, the best of several first."""

from ..tools import intake

_PUT_AWAY, _WON, _OPEN = range(3)


class Candidates:
    """Leads by each of the three keys.

    The e-mail address; the same phone number and name where one side has no e-mail; the same name
    and company where one side has neither e-mail nor phone.
    """

    def __init__(self, leads):
        self.by_email, self.by_phone, self.by_name = {}, {}, {}
        # Later ones win: lost or archived before won before open, old before new.
        for lead in leads.sorted(lambda lead: (_rank(lead), lead.id)):
            values = lead._get_match_values()
            if key := intake.email_key(values):
                self.by_email[key] = lead
            for key in intake.phone_keys(values):
                self.by_phone.setdefault(key, []).append(lead)
            if key := intake.name_company_key(values):
                self.by_name.setdefault(key, []).append(lead)

    def find(self, values):
        """Return ``(lead, rule)`` that a person with ``values`` meets, or ``(None, None)``."""
        if lead := self.by_email.get(intake.email_key(values)):
            return lead, "email"
        for key in intake.phone_keys(values):
            for lead in reversed(self.by_phone.get(key, ())):
                if not (values.get("email") and lead.email_normalized):
                    return lead, "phone"
        for lead in reversed(self.by_name.get(intake.name_company_key(values), ())):
            if _is_unreachable(values) or _is_unreachable(lead._get_match_values()):
                return lead, "name_company"
        return None, None


def _rank(lead):
    if lead._is_put_away():
        return _PUT_AWAY
    return _WON if lead.won_status == "won" else _OPEN


def _is_unreachable(values):
    return not (values.get("email") or values.get("phone") or values.get("mobile"))
