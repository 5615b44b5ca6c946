"""What must happen before the tracks are gone."""

from odoo.addons.lead_scoring.leftovers import remove_leftovers


def uninstall_hook(env):
    """End what goes on in tracks and withdraw its mails; leave what leads had as history.

    A track that leads were in stays, archived, with its steps and their e-mails, until the
    cadences go as well. So do e-mails that other cadences send, and the medium and the source of
    repeat sales.
    """
    remove_leftovers(env, "lead_nurture")
    # a cadence has no activities from then on
    notices = env["mail.activity"].with_context(active_test=False)
    notices.search([("res_model", "=", "lead.cadence")]).unlink()
    # a cost is a show's alone from then on, in the currency of its company
    env["lead.show.cost"].search([("trade_show_id", "=", False)]).unlink()
    for cost in env["lead.show.cost"].search([("company_amount", "!=", 0)]):
        if cost.currency_id != cost.company_currency_id:
            cost.write({"amount": cost.company_amount, "currency_id": cost.company_currency_id.id})
    tracks = env["lead.cadence"].with_context(active_test=False).search([("is_track", "=", True)])
    enrollments = env["lead.cadence.enrollment"].search(
        [("cadence_id", "in", tracks._get_versions().ids)]
    )
    enrollments._stop(env._("Nurture tracks were uninstalled"))
    used = tracks & enrollments.cadence_id
    used.active = False
    shipped = tracks.filtered(_find_xmlids)
    kept_steps = env["lead.cadence.step"].with_context(active_test=False)
    kept_steps = kept_steps.search([("cadence_id", "not in", (shipped - used)._get_versions().ids)])
    for records in (used, kept_steps, kept_steps.template_id):
        _hand_over(records)
    for origin in _get_used_origins(env):
        _find_xmlids(origin).unlink()


def _find_xmlids(records):
    return records.env["ir.model.data"].search(
        [
            ("module", "=", "lead_nurture"),
            ("model", "=", records._name),
            ("res_id", "in", records.ids),
        ]
    )


def _hand_over(records):
    """Let what is kept go with the cadences, when they are uninstalled in their turn."""
    for xmlid in _find_xmlids(records):
        xmlid.write({"module": "lead_followup", "name": f"{xmlid.name}_{xmlid.res_id}"})


def _get_used_origins(env):
    """Return the medium and the source of repeat sales, where leads have them."""
    leads = env["crm.lead"].with_context(active_test=False)
    kept = []
    for name, xmlid in (
        ("medium_id", "lead_nurture.utm_medium_repeat_sale"),
        ("source_id", "lead_nurture.utm_source_customer"),
    ):
        origin = env.ref(xmlid, raise_if_not_found=False)
        if origin and leads.search_count([(name, "=", origin.id)], limit=1):
            kept.append(origin)
    return kept
