"""The sheet with the figures, which is not shown."""

from .contents import (
    CHANNEL_ROW,
    CHANNELS,
    COUNT_ROW,
    COUNTS,
    LEAK_ROW,
    LEAKS,
    MONEY,
    MONEY_ROW,
    MONTH_ROW,
    MONTHS,
    RATE_ROW,
    RATES,
    SAMPLE_CHANNELS,
    SAMPLE_LEAKS,
    SAMPLE_MONTHS,
    SMALL_SAMPLE,
)
from .sheets import label_of, make_leak_cell, make_rows, make_sheet, make_table


def make_data(is_sample):
    cells = {
        "A1": '=_t("Figure")',
        "B1": '=_t("This period")',
        "C1": '=_t("The period before")',
        "D1": '=_t("Leads behind it")',
        "E1": '=_t("Before")',
        "F1": '=_t("Shown")',
        "G1": '=_t("Shown before")',
    }
    for row, (name, _title, now, before) in enumerate(COUNTS, COUNT_ROW):
        cells |= make_sum_cells(row, name, now, before, is_sample)
    for row, (name, _title, now, before) in enumerate(MONEY, MONEY_ROW):
        cells |= make_sum_cells(row, name, now, before, is_sample)
    for row, (name, _title, unit, *sample) in enumerate(RATES, RATE_ROW):
        cells |= make_rate_cells(row, name, unit, sample if is_sample else None)
    cells |= make_table(LEAK_ROW, SAMPLE_LEAKS, LEAKS, make_leak_cell, is_sample)
    if is_sample:
        cells |= make_rows(MONTH_ROW + 1, SAMPLE_MONTHS, "H")
        cells |= make_rows(CHANNEL_ROW + 1, SAMPLE_CHANNELS, "E")
    else:
        cells |= make_month_cells()
        cells[f"A{CHANNEL_ROW}"] = f"=PIVOT(6,{CHANNELS},FALSE,FALSE)"
        for row in range(CHANNEL_ROW + 1, CHANNEL_ROW + 1 + CHANNELS):
            mark = f'IF(C{row}<{SMALL_SAMPLE}," ⚠","")'
            cells[f"E{row}"] = f'=IF(SUM(C{row})=0,"",A{row}&{mark})'
            cells[f"F{row}"] = f'=IF(SUM(C{row})=0,"",ROUND(B{row},1))'
    return make_sheet("data", "Data", cells, columns=[220] + [120] * 11, row_count=140)


def make_month_cells():
    """Return the cells of the latest months, which the pivot begins with, and these turned round.

    So a period that is too long loses its oldest months, and a chart begins with the oldest shown.
    """
    first, last = MONTH_ROW + 1, MONTH_ROW + MONTHS
    cells = {
        f"A{MONTH_ROW}": f"=PIVOT(3,{MONTHS},FALSE,FALSE)",
        f"G{MONTH_ROW}": f"=COUNTA(A{first}:A{last})",
    }
    for row in range(first, last + 1):
        place = f"G{MONTH_ROW}-{row - first}"
        for source, target in zip("ABCDE", "HIJKL", strict=True):
            value = f"INDEX({source}{first}:{source}{last},{place})"
            cells[f"{target}{row}"] = f'=IF({place}<1,"",{value})'
    return cells


def make_sum_cells(row, name, now, before, is_sample):
    """Return the cells of a sum: itself and the one before, empty as ``–``."""
    return {
        f"A{row}": label_of(f"{name}:sum", 1, is_sample),
        f"B{row}": str(now) if is_sample else f'=PIVOT.VALUE(1,"{name}:sum")',
        f"C{row}": str(before) if is_sample else f'=PIVOT.VALUE(2,"{name}:sum")',
        f"F{row}": f"=FORMAT.LARGE.NUMBER(SUM(B{row}))",
        f"G{row}": f'=IF(SUM(C{row})=0,"–",FORMAT.LARGE.NUMBER(C{row}))',
    }


def make_rate_cells(row, name, unit, sample):
    """Return the cells of a rate or median: of few leads it is marked, of none it is ``–``."""
    cells = {f"A{row}": label_of(f"{name}:avg", 1, sample)}
    for column, pivot, function, index in (
        ("B", 1, "avg", 0),
        ("D", 1, "count", 1),
        ("C", 2, "avg", 2),
        ("E", 2, "count", 3),
    ):
        value = f'=PIVOT.VALUE({pivot},"{name}:{function}")'
        cells[f"{column}{row}"] = str(sample[index]) if sample else value
    for shown, value, base in (("F", "B", "D"), ("G", "C", "E")):
        cells[f"{shown}{row}"] = (
            f'=IF(SUM({base}{row})=0,"–",TEXT({value}{row},"#,##0.0")&"{unit}"'
            f'&IF({base}{row}<{SMALL_SAMPLE}," ⚠",""))'
        )
    return cells
