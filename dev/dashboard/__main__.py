"""Writes both files:  cd dev && python -m dashboard"""

import json
from pathlib import Path

from .data_sheet import make_data
from .figures import make_menu_references
from .front_sheet import make_front
from .sources import make_filters, make_leak_list, make_pivots

FILES = Path(__file__).resolve().parents[2] / "lead_nurture_dashboard" / "data" / "files"
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


if __name__ == "__main__":
    main()
