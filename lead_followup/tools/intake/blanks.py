"""What people type into a field they have nothing for."""

from functools import lru_cache

from .folding import fold_compact

_BLANK_WORDS = frozenset("""
    na none null nil nan undefined unknown notavailable notprovided notgiven nodata blank empty tbd
    tba keine keiner keins unbekannt kA keineangabe entfallt aucun aucune neant nc inconnu ninguno
    ninguna desconocido nd nessuno nessuna sconosciuto yok bilinmiyor belirtilmemis ندارد نامشخص
    لایوجد нетданных неизвестно brak nieznany geen onbekend nenhum desconhecido
    noemail nophone nomail false0 xxx xx
    """.casefold().split())  # fmt: skip


@lru_cache(maxsize=16384)
def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: blank, dashes, or a word for "none".

    Meant for contact fields; "none" is a real answer to a question about the budget.

    >>> is_blank(" n/a "), is_blank("--"), is_blank("see card")
    (True, True, False)
    """
    stripped = text.strip()
    if not stripped:
        return True
    if len(stripped) > 20:
        return False
    words = fold_compact(stripped)
    return not words and not stripped.startswith(("+", "=", "@")) or words in _BLANK_WORDS
