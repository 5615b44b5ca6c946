"""The three keys by which two records are one person, and what makes a key count."""

from .folding import fold_key
from .shapes import Values


def email_key(values: Values) -> str | None:
    """Return the key of the e-mail address; None without one.

    >>> email_key({"email": " OSCAR@Acme.example "}) == email_key({"email": "oscar@acme.example"})
    True
    """
    email = values.get("email")
    return "".join(email.split()).casefold().replace("ı", "i") if email else None


def name_key(values: Values) -> str | None:
    """Return the key of the person's name; None without one."""
    name = values.get("name")
    return (fold_key(name) or None) if name else None


def phone_keys(values: Values) -> tuple[tuple[str, str], ...]:
    """Return (E.164 number, name key) of each number; none without a name.

    The phone rule holds only where one of the two has no e-mail address.

    >>> phone_keys({"name": "Ann Bell", "phone": "+12025550111", "mobile": None})
    (('+12025550111', 'annbell'),)
    """
    name = name_key(values)
    if not name:
        return ()
    numbers = dict.fromkeys(filter(None, (values.get("phone"), values.get("mobile"))))
    return tuple((number, name) for number in numbers)


def name_company_key(values: Values) -> tuple[str, str] | None:
    """Return (name key, company key); None when one is missing.

    The rule holds only where one of the two has neither e-mail nor phone.

    >>> name_company_key({"name": "NAZLI TAŞ", "company": "Işık  A.Ş."})
    ('nazlitas', 'isika.s.')
    """
    name, company = name_key(values), values.get("company")
    company_part = fold_key(company) if company else None
    return (name, company_part) if name and company_part else None
