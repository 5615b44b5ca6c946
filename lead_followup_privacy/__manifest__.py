{
    "name": "Lead Follow-Up: Privacy Lookup",
    "summary": "Odoo's Privacy Lookup finds and erases what is known of a person as a lead",
    "version": "19.0.1.1.0",
    "category": "Sales/CRM",
    "author": "Lead Management Contributors",
    "license": "LGPL-3",
    "depends": ["lead_followup", "privacy_lookup"],
    "auto_install": True,
}
