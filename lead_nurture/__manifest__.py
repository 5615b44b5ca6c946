{
    "name": "Lead Nurture",
    "summary": "Keeps in touch with leads that are not ready yet, for as long as it takes",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Lead Management Contributors",
    "license": "LGPL-3",
    "depends": ["lead_followup", "mass_mailing"],
    "data": [
        "data/mail_template_data.xml",
        "data/lead_cadence_data.xml",
        "views/lead_cadence_views.xml",
        "views/crm_lead_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
