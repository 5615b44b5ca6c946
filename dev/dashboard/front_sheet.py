"""The sheet that is shown."""

import json

from .contents import (
    CHANNELS,
    COLUMNS,
    GAP,
    HEALTH_MENU,
    LEAK_ROW,
    LEAKS,
    MONTHS,
    PEOPLE_MEASURES,
    SAMPLE_PEOPLE,
    SAMPLE_SHOWS,
    SHOW_MEASURES,
    TOP,
)
from .figures import make_charts, make_tiles
from .sheets import label_of, make_leak_cell, make_rows, make_sheet


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
