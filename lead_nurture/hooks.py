"""What must happen before the tracks are gone."""


def uninstall_hook(env):
    """End what goes on in tracks and withdraw its mails; leave what leads had as history.

    A track that leads were in stays, archived, with its steps and their e-mails.
    """
    tracks = env["lead.cadence"].with_context(active_test=False).search([("is_track", "=", True)])
    enrollments = env["lead.cadence.enrollment"].search(
        [("cadence_id", "in", tracks._get_versions().ids)]
    )
    enrollments._stop(env._("Nurture tracks were uninstalled"))
    used = tracks & enrollments.cadence_id
    used.active = False
    data = env["ir.model.data"]
    for records in (used, used.step_ids, used.step_ids.template_id):
        kept = [("model", "=", records._name), ("res_id", "in", records.ids)]
        data.search([("module", "=", "lead_nurture"), *kept]).unlink()
