{
    "name": "Lead Nurture: Dashboard",
    "summary": "Inquiries to sales, speed, cost and leaks on one page, live, with filters",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "Lead Management Contributors",
    "license": "LGPL-3",
    "depends": ["lead_nurture", "spreadsheet_dashboard"],
    "data": [
        "data/spreadsheet_dashboard_data.xml",
        "views/spreadsheet_dashboard_menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["lead_nurture_dashboard/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
