"""Tiles and charts, and what a click on each opens."""

from .contents import (
    CHANNEL_ROW,
    CHANNELS,
    COUNT_ROW,
    COUNTS,
    FUNNEL_MENU,
    HALF,
    HEALTH_MENU,
    LEAK_ROW,
    LEAKS,
    MONEY_ROW,
    MONTH_ROW,
    MONTHS,
    RATE_ROW,
    RATES,
    STAGES,
    WIDTH,
)


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
