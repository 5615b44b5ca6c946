"""Cells and sheets, as the spreadsheet stores them."""

from .contents import COUNTS, MONEY, RATES


def label_of(measure, pivot, is_sample):
    """Return the field's own label, or what stands for it in the sample."""
    if not is_sample:
        return f'=PIVOT.HEADER({pivot},"measure","{measure}")'
    titles = {name: title for name, title, *_rest in COUNTS + RATES + MONEY}
    titles |= {"offered_count": "Offered", "accepted_count": "Accepted"}
    return f'=_t("{titles[measure.split(":")[0]]}")'


def make_leak_cell(index, column):
    field = ("name", "count", "trend_text")[column]
    return f'=ODOO.LIST(1,{index},"{field}")'


def make_sheet(name, label, cells, columns, row_count):
    return {
        "id": name,
        "name": label,
        "colNumber": len(columns),
        "rowNumber": row_count,
        "rows": {},
        "cols": {str(index): {"size": size} for index, size in enumerate(columns)},
        "merges": [],
        "cells": cells,
        "styles": {},
        "formats": {},
        "borders": {},
        "conditionalFormats": [],
        "dataValidationRules": [],
        "figures": [],
        "tables": [],
        "areGridLinesVisible": True,
        "isVisible": True,
        "headerGroups": {"ROW": [], "COL": []},
        "comments": {},
    }


def make_rows(first_row, rows, first_column="A"):
    return {
        f"{chr(ord(first_column) + column)}{first_row + index}": str(value)
        for index, row in enumerate(rows)
        for column, value in enumerate(row)
    }


def make_table(first_row, sample, count, cell, is_sample):
    if is_sample:
        return make_rows(first_row, sample)
    return make_rows(
        first_row, [[cell(index, column) for column in range(3)] for index in range(1, count + 1)]
    )
