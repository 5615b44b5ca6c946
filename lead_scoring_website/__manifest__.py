{
    "name": "Lead Scoring: Website",
    "summary": "Page views of visitors who are leads count for their scores",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "Lead Management Contributors",
    "license": "LGPL-3",
    "depends": ["lead_scoring", "website_crm"],
    "data": [
        "data/lead_score_rule_data.xml",
        "data/ir_cron_data.xml",
        "views/website_page_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
