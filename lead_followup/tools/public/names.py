"""How somebody is greeted whose whole name is known."""

from ..intake.names import is_academic_title, is_salutation


def first_name(name: str | None) -> str:
    """Give the first name of ``name``, without forms of address; empty where there is none.

    >>> first_name("Prof. Dr. Ann Mary Bell"), first_name("Bell, Ann"), first_name("Herr Bell")
    ('Ann', 'Ann', '')
    >>> first_name("آقای علی رضایی"), first_name("Ann"), first_name(None)
    ('علی', 'Ann', '')
    """
    text = (name or "").rpartition(",")[2] or (name or "")
    words = text.split()
    kept = [word for word in words if not is_salutation(word) and not is_academic_title(word)]
    if len(kept) == 1 and any(is_salutation(word) for word in words):
        return ""  # a form of address goes with the last name
    return kept[0] if kept else ""
