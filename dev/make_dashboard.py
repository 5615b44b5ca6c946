"""Writes the dashboard of the CRM managers and its sample, as Odoo stores a spreadsheet.

    python dev/make_dashboard.py

Odoo Community shows spreadsheets and has no editor for them; this is where ours is edited. What is
shown comes from lead.funnel.report and lead.health.check, whose fields and rates it names.
"""

import json
from pathlib import Path

FILES = Path(__file__).resolve().parents[1] / "lead_nurture_dashboard" / "data" / "files"

FUNNEL_MENU = "lead_nurture.lead_funnel_report_menu"
HEALTH_MENU = "lead_nurture.lead_health_check_menu"
SMALL_SAMPLE = 30  # leads, as in the funnel
MONTHS = 60  # five years; a longer period shows the latest of them
LEAKS = 20
TOP = 10
CHANNELS = 12

# (id, label, model, field of the funnel)
FILTERS = (
    ("show", "Trade Show", "lead.trade.show", "trade_show_id"),
    ("team", "Sales Team", "crm.team", "team_id"),
    ("user", "Salesperson", "res.users", "user_id"),
    ("source", "Source", "utm.source", "source_id"),
    ("medium", "Channel", "utm.medium", "medium_id"),
)
# (measure, title of its tile, sample now, sample before); rows of the sheet Data from 2 on
COUNTS = (
    ("inquiry_count", "Inquiries", 412, 355),
    ("mql_count", "MQL", 163, 149),
    ("offered_count", None, 158, 140),
    ("accepted_count", None, 121, 104),
    ("sql_count", "SQL", 118, 101),
    ("won_count", "Won", 31, 33),
)
STAGES = tuple(title for _name, title, *_rest in COUNTS if title)
# (measure, its title, decimals and unit, sample now, leads behind it, sample before, behind it)
RATES = (
    ("mql_rate_pct", "MQL of Inquiries", "%", 39.6, 412, 42.0, 355),
    ("sql_rate_pct", "SQL of MQL", "%", 72.4, 163, 67.8, 149),
    ("won_rate_pct", "Won of SQL", "%", 26.3, 118, 32.7, 101),
    ("capture_touch_48_pct", "Contacted in 48 h", "%", 91.2, 398, 84.0, 350),
    ("capture_touch_hours", "First Touch (median)", " h", 21.5, 380, 27.3, 322),
    ("return_pct", "Return", "%", 312.0, 240, 280.5, 198),
)
MONEY = (
    ("revenue", "Revenue", 184500, 176200),
    ("cost", "Cost", 44780, 46300),
)
SHOW_MEASURES = ("inquiry_count:sum", "cost:sum", "revenue:sum", "return_pct:avg")
PEOPLE_MEASURES = ("accepted_count:sum", "sql_count:sum", "won_count:sum", "revenue:sum")
SAMPLE_MONTHS = (
    ("January", 121, 44, 30, 8),
    ("February", 138, 57, 41, 11),
    ("March", 153, 62, 47, 12),
)
SAMPLE_CHANNELS = (("Trade Show", 76.2), ("Website", 64.0), ("Referral", 81.5))
SAMPLE_SHOWS = (
    ("Spring Pump Expo", 154, 21400, 96500, 350.9),
    ("Valve Days", 86, 12900, 48000, 272.1),
)
SAMPLE_PEOPLE = (("Rosa Reyes", 48, 47, 14, 91300), ("Sam Stone", 41, 40, 9, 52800))
SAMPLE_LEAKS = (
    ("Not contacted in time", 7, "▼ 3 fewer than last week"),
    ("Offers nobody answers", 4, "▲ 1 more than last week"),
)

COUNT_ROW, RATE_ROW, MONEY_ROW, LEAK_ROW, MONTH_ROW, CHANNEL_ROW = 2, 10, 18, 22, 45, 120
COLUMNS = [190, 88, 88, 88, 88]  # pixels
HALF = sum(COLUMNS)
GAP = 20
WIDTH = 2 * HALF + GAP


def main():
    for name, is_sample in (("lead_dashboard.json", False), ("lead_sample_dashboard.json", True)):
        (FILES / name).write_text(render(is_sample), encoding="utf-8")


def render(is_sample: bool) -> str:
    """Return the file's text: the dashboard, or what it looks like while there is no lead yet."""
    data = {
        "version": "18.5.10",
        "sheets": [make_front(is_sample), make_data(is_sample)],
        "styles": {
            "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
            "2": {"textColor": "#434343", "bold": True},
            "3": {"textColor": "#434343"},
            "4": {"textColor": "#6b6b6b", "italic": True},
            "5": {"textColor": "#434343", "bold": True, "align": "right"},
        },
        "formats": {},
        "borders": {"1": {"bottom": {"style": "thin", "color": "#CCCCCC"}}},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {"locale": LOCALE},
        "pivots": {} if is_sample else make_pivots(),
        "pivotNextId": 7,
        "customTableStyles": {},
        "globalFilters": [] if is_sample else make_filters(),
        "lists": {} if is_sample else {"1": make_leak_list()},
        "listNextId": 2,
        "chartOdooMenusReferences": {} if is_sample else make_menu_references(),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}


# What is read


def make_filters():
    period = {"id": "period", "type": "date", "label": "Period", "defaultValue": "last_90_days"}
    return [
        period,
        *(
            {"id": name, "type": "relation", "label": label, "modelName": model}
            for name, label, model, _field in FILTERS
        ),
    ]


def match_fields(offset=0):
    """Return which field of the funnel each filter is about; ``offset`` -1: the period before."""
    return {
        "period": {"chain": "date", "type": "datetime", "offset": offset},
        **{name: {"chain": field, "type": "many2one"} for name, _label, _model, field in FILTERS},
    }


def make_pivots():
    totals = [
        *(f"{name}:sum" for name, *_rest in COUNTS + MONEY),
        *(f"{name}:{function}" for name, *_rest in RATES for function in ("avg", "count")),
    ]
    stages = [f"{name}:sum" for name, title, *_rest in COUNTS if title]
    show, people = SHOW_MEASURES, PEOPLE_MEASURES
    month = {"fieldName": "date", "granularity": "month", "order": "desc"}
    channel = {"fieldName": "medium_id"}
    is_mql = [["mql_count", ">", 0]]
    sql_rate = ["sql_rate_pct:avg", "sql_rate_pct:count"]
    return {
        "1": make_pivot(1, "This period", totals),
        "2": make_pivot(2, "The period before", totals, offset=-1),
        "3": make_pivot(3, "Month by month", stages, row=month),
        "4": make_pivot(4, "Shows", show, {"fieldName": "trade_show_id"}, "inquiry_count:sum"),
        "5": make_pivot(5, "Salespeople", people, {"fieldName": "user_id"}, "revenue:sum"),
        "6": make_pivot(6, "Channels", sql_rate, channel, "sql_rate_pct:count", domain=is_mql),
    }


def make_pivot(number, name, measures, row=None, sorted_by=None, offset=0, domain=None):
    pivot = {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": "lead.funnel.report",
        "context": {},
        "domain": domain or ([[row["fieldName"], "!=", False]] if row else []),
        "measures": [
            {
                "id": measure,
                "fieldName": field,
                "aggregator": function,
                **({"format": "#,##0.0"} if function == "avg" else {}),
            }
            for measure in measures
            for field, function in [measure.split(":")]
        ],
        "columns": [],
        "rows": [row] if row else [],
        "sortedColumn": None,
        "fieldMatching": match_fields(offset),
    }
    if sorted_by:
        pivot["sortedColumn"] = {"measure": sorted_by, "order": "desc", "domain": []}
    return pivot


def make_leak_list():
    return {
        "id": "1",
        "name": "Where it leaks",
        "model": "lead.health.check",
        "columns": ["name", "count", "trend_text"],
        "domain": [],
        "context": {},
        "orderBy": [],
        "fieldMatching": {},
    }


# The sheet with the figures, not shown


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


# The sheet that is shown


def make_front(is_sample):
    cells = {
        "A1": '=_t("Leads made in the period, as in the funnel. ⚠: fewer than 30 leads stand'
        ' behind it.")',
        "G32": note(f"The {CHANNELS} with the most MQL; leads without a channel are left out."),
        "A33": '=_t("Month by Month")',
        "A47": note(f"The latest {MONTHS} months."),
        "A60": note(f"The first {TOP}; leads without one are left out."),
        "G60": note(f"The first {TOP}; leads without one are left out."),
        f"A{64 + LEAKS}": note(f"The first {LEAKS} checks."),
        "A48": link(
            "Cost and Return by Show",
            view("trade_show_id", SHOW_MEASURES),
            is_sample,
        ),
        "G48": link(
            "Salespeople",
            view("user_id", PEOPLE_MEASURES),
            is_sample,
        ),
        "A62": link("Process Health", f"ir_menu_xml_id/{HEALTH_MENU}", is_sample),
        "A63": '=_t("As of now, whatever the filters say")',
    }
    for column, title, pivot, measures, sample in (
        ("A", "Trade Show", 4, SHOW_MEASURES, SAMPLE_SHOWS),
        ("G", "Salesperson", 5, PEOPLE_MEASURES, SAMPLE_PEOPLE),
    ):
        titles = [f'=_t("{title}")', *(label_of(name, pivot, is_sample) for name in measures)]
        cells |= make_rows(49, [titles], column)
        if is_sample:
            cells |= make_rows(50, sample, column)
        else:
            cells[f"{column}50"] = f"=PIVOT({pivot},{TOP},FALSE,FALSE,,FALSE)"
    for row in range(LEAKS):
        for column, source in zip("ACD", "ABC", strict=True):
            cells[f"{column}{64 + row}"] = (
                f'=IF(Data!{source}{LEAK_ROW + row}="","",Data!{source}{LEAK_ROW + row})'
                if is_sample
                else make_leak_cell(row + 1, "ACD".index(column))
            )
    sheet = make_sheet(
        "dashboard",
        "Dashboard",
        cells,
        columns=[*COLUMNS, GAP, *COLUMNS],
        row_count=64 + LEAKS,
    )
    titles = ("A48", "G48", "A62")
    sheet["rows"] = {
        **{str(int(cell[1:]) - 1): {"size": 40} for cell in (*titles, "A33")},
        **{str(row): {"size": 36} for row in range(33, 46)},  # behind the charts of the months
    }
    sheet["styles"] = {
        "A1": 4,
        "A33": 1,
        **dict.fromkeys(("A63", "G32", "A47", "A60", "G60", f"A{64 + LEAKS}"), 4),
        **{cell: 1 for cell in titles},
        "A49": 2,
        "B49:E49": 5,
        "G49": 2,
        "H49:K49": 5,
        "A50:E59": 3,
        "G50:K59": 3,
        f"A64:E{63 + LEAKS}": 3,
    }
    sheet["borders"] = {"A48:K48": 1, "A62:K62": 1}
    sheet["figures"] = [*make_tiles(), *make_charts(is_sample)]
    sheet["areGridLinesVisible"] = False
    return sheet


def view(group_by, measures):
    """Return the address of the funnel's pivot by ``group_by``."""
    action = {
        "domain": [],
        "context": {
            "group_by": [group_by],
            "pivot_measures": [measure.split(":")[0] for measure in measures],
            "pivot_row_groupby": [group_by],
            "pivot_column_groupby": [],
        },
        "modelName": "lead.funnel.report",
        "views": [[False, "pivot"], [False, "graph"], [False, "list"], [False, "search"]],
    }
    target = {"viewType": "pivot", "action": action, "threshold": 0, "name": "Funnel"}
    return f"view/{json.dumps(target)}"


def link(title, address, is_sample):
    return f'=_t("{title}")' if is_sample else f"[{title}](odoo://{address})"


def note(text):
    return f'=_t("{text}")'


def make_tiles():
    tiles = [
        *((COUNT_ROW + row, title, "up") for row, (_n, title, *_r) in enumerate(COUNTS) if title),
        *((RATE_ROW + row, title, "text") for row, (_n, title, *_r) in enumerate(RATES[:5])),
        (MONEY_ROW, "Revenue", "up"),
        (MONEY_ROW + 1, "Cost", "neutral"),
        (RATE_ROW + 5, "Return", "text"),
    ]
    width = (WIDTH - 3 * 12) // 4
    for index, (row, title, kind) in enumerate(tiles):
        line, column = divmod(index, 4)
        neutral = {"baselineColorUp": "#6B6B6B", "baselineColorDown": "#6B6B6B"}
        data = {
            "type": "scorecard",
            "title": {"text": title, "bold": True, "color": "#434343"},
            "background": ("#EFF6FF", "#F0FDF4", "#FFF7ED")[line],
            "keyValue": f"Data!F{row}",
            "baseline": f"Data!G{row}",
            "baselineMode": "text" if kind == "text" else "percentage",
            "baselineDescr": {"text": "last period" if kind == "text" else "since last period"},
            "baselineColorUp": "#00A04A",
            "baselineColorDown": "#B4433F",
            **(neutral if kind == "neutral" else {}),
            "humanize": False,
        }
        place = {"x": column * (width + 12), "y": 8 + line * 115}
        yield make_figure(f"tile_{index + 1:02d}", data, 0, 1, place, width, 105)


def make_charts(is_sample):
    place = {"x": 0, "y": 4}
    last_stage = COUNT_ROW + len(COUNTS) - 1
    funnel = make_chart(
        "funnel",
        "The Funnel",
        [f"Data!F{COUNT_ROW}:F{last_stage}"],
        f"Data!A{COUNT_ROW}:A{last_stage}",
        showValues=True,
        cumulative=False,
    )
    yield make_figure("funnel", funnel, 0, 16, place, HALF, 338)
    first, last = CHANNEL_ROW + 1, CHANNEL_ROW + CHANNELS
    channels = make_chart(
        "bar",
        "MQL → SQL by Channel",
        [f"Data!F{first}:F{last}"],
        f"Data!E{first}:E{last}",
        stacked=False,
        showValues=True,
        axesDesign={"y": {"title": {"text": "SQL of MQL (%)"}}},
    )
    yield make_figure("channels", channels, 6, 16, place, HALF, 338)
    first, last = MONTH_ROW + 1, MONTH_ROW + MONTHS
    for number, (title, column) in enumerate(zip(STAGES, "IJKL", strict=True)):
        months = make_chart(
            "bar",
            title,
            [f"Data!{column}{first}:{column}{last}"],
            f"Data!H{first}:H{last}",
            stacked=False,
            showValues=True,
        )
        line, half = divmod(number, 2)
        corner = {"x": 0, "y": 4 + line * 232}
        yield make_figure(f"months_{number + 1}", months, 6 * half, 33, corner, HALF, 226)
    last = LEAK_ROW + LEAKS - 1
    leaks = make_chart(
        "bar",
        "Where It Leaks",
        [f"Data!B{LEAK_ROW}:B{last}"],
        f"Data!A{LEAK_ROW}:A{last}",
        stacked=False,
        horizontal=True,
        showValues=True,
    )
    yield make_figure("leaks", leaks, 6, 62, place, HALF, 440)


def make_chart(kind, title, ranges, labels, **more):
    return {
        "type": kind,
        "title": {"text": title, "bold": True, "color": "#01666b", "fontSize": 16},
        "background": "#FFFFFF",
        "legendPosition": "none",
        "dataSets": [{"dataRange": cells, "yAxisId": "y"} for cells in ranges],
        "dataSetsHaveTitle": False,
        "labelRange": labels,
        "aggregated": False,
        **more,
    }


def make_menu_references():
    """Return what a click on a figure opens."""
    return {
        **{f"tile_{number:02d}": FUNNEL_MENU for number in range(1, 13)},
        "funnel": FUNNEL_MENU,
        "channels": FUNNEL_MENU,
        **{f"months_{number}": FUNNEL_MENU for number in range(1, 5)},
        "leaks": HEALTH_MENU,
    }


# Small parts


def make_figure(name, data, column, row, offset, width, height):
    return {
        "id": name,
        "tag": "chart",
        "col": column,
        "row": row,
        "offset": offset,
        "width": width,
        "height": height,
        "data": {**data, "chartId": name},
    }


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


if __name__ == "__main__":
    main()
