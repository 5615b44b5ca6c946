"""What must happen before the tracks are gone."""


def uninstall_hook(env):
    """End what goes on in tracks and withdraw its mails; leave what leads had as history.

    A track that leads were in stays, archived, with its steps and their e-mails. So do the medium
    and the source of repeat sales.
    """
    env["ir.config_parameter"].search([("key", "=", "lead_nurture.hit_kept_days")]).unlink()
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
    data = env["ir.model.data"]
    for records in (used, used.step_ids, used.step_ids.template_id, *_get_used_origins(env)):
        kept = [("model", "=", records._name), ("res_id", "in", records.ids)]
        data.search([("module", "=", "lead_nurture"), *kept]).unlink()


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
