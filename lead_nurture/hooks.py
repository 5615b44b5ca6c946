"""What must happen before the tracks are gone."""


def uninstall_hook(env):
    """End what goes on in tracks and withdraw its mails; leave what leads had as history."""
    tracks = env["lead.cadence"].with_context(active_test=False).search([("is_track", "=", True)])
    enrollments = env["lead.cadence.enrollment"].search(
        [("cadence_id", "in", tracks._get_versions().ids)]
    )
    enrollments._stop(env._("Nurture tracks were uninstalled"))
    own = env.ref("lead_nurture.lead_cadence_stay_in_touch", raise_if_not_found=False)
    if own and own in enrollments.cadence_id:
        own.active = False
        data = env["ir.model.data"]
        models = ("lead.cadence", "lead.cadence.step", "mail.template")
        data.search([("module", "=", "lead_nurture"), ("model", "in", models)]).unlink()
