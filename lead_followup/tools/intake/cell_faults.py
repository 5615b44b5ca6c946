"""Cells that would do harm elsewhere: formulas and markup. They are kept as text and reported."""

import re

_FORMULA = re.compile(
    r"^\s*(?:=\s*[^\s=]"  # =1+1, =HYPERLINK(...)
    r"|[-+@]\s*[A-Za-z_][\w.]*\s*[(|!]"  # @SUM(..., +cmd|..., -A1!...
    r"|[-+]\s*\$?[A-Za-z]{1,3}\$?\d+\s*[-+*/^&]"  # +A1+B2
    r"|[-+]\s*\d+(?:\.\d+)?\s*[*^&]\s*\S"  # -2*3
    r"|[-+@].*(?:\||!)\s*\$?[A-Za-z]{1,3}\$?\d+)"  # anything that calls another program's cell
)
_MARKUP = re.compile(
    r"<\s*/?\s*(?:a|abbr|applet|audio|b|base|blockquote|body|br|button|center|code|div|em|embed"
    r"|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|li|link|marquee|math|meta|object|ol"
    r"|p|pre|s|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody"
    r"|td|template|textarea|th|title|tr|u|ul|video)(?:[\s/][^<>]*)?>|<!--|<!\[CDATA",
    re.IGNORECASE,
)


def is_formula(cell: str) -> bool:
    """Tell text a spreadsheet would run as a formula from a phone number or a remark.

    >>> is_formula('=HYPERLINK("http://x")'), is_formula("@SUM(1+1)*cmd|' /C calc'!A0")
    (True, True)
    >>> is_formula("+49 30 2312-5108"), is_formula("- call back"), is_formula("@ann on X")
    (False, False, False)
    """
    return cell.lstrip()[:1] in ("=", "+", "-", "@") and bool(_FORMULA.match(cell))


def has_markup(text: str) -> bool:
    """Tell HTML tags from a bare "<".

    >>> has_markup("<b>12</b>"), has_markup("needs < 3 weeks > 2"), has_markup("<ann@acme.example>")
    (True, False, False)
    """
    return "<" in text and bool(_MARKUP.search(text))
