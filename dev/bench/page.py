"""The page that keeps the last table."""

BEGIN, END = "<!-- the last table -->", "<!-- end of the table -->"


def put(text: str, table: str) -> str:
    r"""Give the page ``text`` with ``table`` between its two marks.

    :raises ValueError: the page has no such marks.

    >>> put("Figures\n<!-- the last table -->\nold\n<!-- end of the table -->\nMore\n", "new")
    'Figures\n<!-- the last table -->\n\nnew\n\n<!-- end of the table -->\nMore\n'
    """
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The page has no {BEGIN} … {END}.")
    return f"{before}{begin}\n\n{table}\n\n{end}{after}"
