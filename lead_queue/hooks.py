"""What must happen before the bridge is gone."""

from odoo.addons.lead_scoring.leftovers import remove_leftovers

_CRONS = (
    "lead_scoring.ir_cron_score_leads",
    "lead_scoring.ir_cron_refresh_segments",
    "lead_followup.ir_cron_run_imports",
    "lead_followup.ir_cron_run_cadences",
    "lead_nurture.ir_cron_recycle",
)


def uninstall_hook(env):
    """Remove our jobs, which name models that go, and have the scheduler do their work."""
    env["queue.job"].search([("channel", "=like", "root.lead.%")]).unlink()
    for name in _CRONS:
        env.ref(name)._trigger()
    remove_leftovers(env, "lead_queue")
