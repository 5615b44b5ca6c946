{
    "name": "Lead Management: Job Queue",
    "summary": "Background work on leads is handed to OCA's job queue, in jobs of 500 leads",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Lead Management Contributors",
    "license": "LGPL-3",
    "depends": ["lead_nurture", "queue_job"],
    "data": ["data/queue_job_data.xml"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
