from odoo.tools import SQL

_VIEWS = {
    "lead_followup": (
        "crm_lead_view_form_inherit_lead_clock",
        "crm_lead_view_form_inherit_next_touch",
        "crm_lead_view_form_inherit_lead_privacy",
        "crm_lead_view_form_inherit_approval",
    ),
    "lead_nurture": ("crm_lead_view_form_inherit_content",),
}


def migrate(cr, version):
    """Empty the views that look for the touches in the lead's form; they are loaded anew.

    The touches stand in a view of their own now, and Odoo checks a form with all that extends it.
    """
    for module, names in _VIEWS.items():
        cr.execute(
            SQL(
                """UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
                    WHERE id IN (SELECT res_id FROM ir_model_data
                                  WHERE model = 'ir.ui.view' AND module = %s AND name IN %s)""",
                module,
                names,
            )
        )
