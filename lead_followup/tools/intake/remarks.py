"""What a remark says that was not said before."""

from collections.abc import Iterable

from .folding import fold_key


def new_lines(text: str | None, known: Iterable[str | None]) -> str:
    r"""Return those lines of ``text`` that stand in none of the ``known`` texts, in their order.

    Letter case, spaces and letter forms are ignored, and so are empty lines.

    >>> new_lines("Wants a quote\nCall on Monday", ["called\nwants a  QUOTE", None])
    'Call on Monday'
    >>> new_lines("Wants a quote", ["Wants a quote for 40"])
    'Wants a quote'
    """
    said = {fold_key(line) for one in known for line in (one or "").splitlines()} | {""}
    return "\n".join(line for line in (text or "").splitlines() if fold_key(line) not in said)
