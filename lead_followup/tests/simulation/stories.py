"""What became of the leads that a breach names, so that nobody has to run the days again."""

import re


def stories(world, found):
    """Give the lines that tell of each lead, or enrollment, named in the sentences ``found``."""
    env = world.env
    lead_ids = _named("lead", found)
    enrollments = env["lead.cadence.enrollment"].browse(_named("enrollment", found)).exists()
    for lead in env["crm.lead"].browse(lead_ids).exists() | enrollments.lead_id:
        yield f"lead {lead.id} {world.spot_by_lead[lead.id].zone} of {lead.user_id.name}"
        for moment, reason in world.diary["end"].get(lead.id, ()):
            yield f"    end {moment} {reason}"
        for enrollment in env["lead.cadence.enrollment"].search([("lead_id", "=", lead.id)]):
            yield f"    enrollment {enrollment.id} {enrollment.state} {enrollment.stop_reason}"
        for touch in env["lead.touch"].search([("lead_id", "=", lead.id)], order="id"):
            facts = ("channel", "state", "reason", "slot_rule", "planned_at", "deadline")
            facts += ("done_at", "outcome")
            said = " ".join(f"{name}={touch[name]}" for name in facts if touch[name])
            seen = world.planned_at_by_touch.get(touch.id)
            yield f"    touch {touch.id} {touch.step_id.name}: {said} seen={seen}"
        for message in lead.message_ids.sorted("id"):
            yield f"    {message.date} {message.message_type} {message.preview or ''}"


def _named(what, found):
    """Give the ids that follow ``what``.

    >>> _named("lead", ["lead 7 mailed", "call of lead 12", "enrollment 3", "lead 7 mailed"])
    [7, 12]
    """
    return sorted(
        {int(number) for text in found for number in re.findall(rf"\b{what} (\d+)", text)}
    )
