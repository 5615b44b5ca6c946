"""Rows that are no leads: totals anywhere, and legends or signatures below the data."""

import re

from .folding import fold_words

_TOTAL = re.compile(
    r"(?:(?:grand |sub ?|overall )?totals?|sum|count of|number of (?:leads|rows|records|visitors)"
    r"|gesamt|summe|anzahl|insgesamt|zwischensumme|nombre total|somme|sous total|suma|totale"
    r"|toplam|genel toplam|جمع|مجموع|تعداد کل|الاجمالی|الاجمالي|المجموع|end of (?:list|report"
    r"|file))\b"
)
_CONTACT = re.compile(r"@|\d[\d\s().\-/]{6,}\d")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2})?)?")
# What a program writes below its report, a line in one cell.
_SIGNATURE = re.compile(
    r"(?:this (?:list|report|file) |report )?"
    r"(?:generated|exported|printed|created|powered) (?:by|on|at|with)\b"
    r"|copyright|page \d+ (?:of|von) \d+|seite \d+|erstellt (?:am|von|mit)|exportiert|gedruckt"
    r"|stand \d|genere (?:par|le)|exporte (?:par|le)|generado (?:por|el)|generato (?:da|il)"
    r"|olusturulma tarihi|confidential|vertraulich|all rights reserved"
)
_FEW_CELLS = 3


def is_footer(row: list[str]) -> bool:
    """Tell whether a row is a total or a signature: it begins so and holds little else.

    >>> is_footer(["Total leads:", "27", ""]), is_footer(["Total Energies", "Ann", "a@b.example"])
    (True, False)
    >>> is_footer(["", "Sum", "=SUM(H5:H7)"]), is_footer(["Sum Ltd", "=A1", "a@b.example"])
    (True, False)
    >>> is_footer(["", "Exported on 20.03.2026 by Sam"]), is_footer(["Page Turner Inc.", "", ""])
    (True, False)
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) == 1 and "@" not in cells[0]:
        if cells[0].startswith("©") or _SIGNATURE.match(fold_words(cells[0])):
            return True
    if not 0 < len(cells) <= _FEW_CELLS or not _TOTAL.match(fold_words(cells[0])):
        return False
    if len(cells) > 1 and all(cell.startswith("=") for cell in cells[1:]):
        return True
    if len(cells[0]) > 60 or any("@" in cell for cell in cells):
        return False
    return len(cells) == 1 or any(
        cell.replace(",", "").replace(".", "").isdecimal() for cell in cells
    )


def trailing_footers(body: list[list[str]]) -> int:
    """Return the index in ``body`` of the first legend, total or signature below the data.

    Below a blank row, rows with one or two cells and no way to reach anybody are no leads,
    provided the rows above the gap are wider than that.

    >>> trailing_footers([["Ann", "Acme", "a@b.example"], [], ["H = hot"]])
    2
    >>> trailing_footers([["Ann", "Acme", "a@b.example"], ["Bo", "", ""]])
    2
    """
    filled = [index for index, row in enumerate(body) if any(cell.strip() for cell in row)]
    end = len(body)
    block: list[int] = []
    for index in reversed(filled):
        if not _is_sparse(body[index]):
            break
        block.append(index)
        gap_above = index > 0 and not any(cell.strip() for cell in body[index - 1])
        if gap_above and block:
            end = index
    widest = max((_cell_count(body[index]) for index in filled if index < end), default=0)
    return end if widest > 2 and end < len(body) else len(body)


def _cell_count(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _is_sparse(row: list[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) <= 2 and not any(_CONTACT.search(_DATE.sub("", cell)) for cell in cells)
