"""What is shown, and what the sample says; where it stands in the sheet of figures."""

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
