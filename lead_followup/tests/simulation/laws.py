"""What must hold of every simulated day, checked against the diary and the calendar by hand.

Each law gives the sentences that tell of its breaches; none asks the planner.
"""

import datetime as dt
from collections import Counter

from .places import day_of_week, wall_clock, working_days_between, works_on
from .world import CAP

_NINE, _TEN, _NOON, _TWO, _FIVE = (dt.time(hour) for hour in (9, 10, 12, 14, 17))
_STOPPING = frozenset(
    {"replied", "meeting", "won", "lost", "do_not_contact", "interested", "not_interested"}
    | {"nurture", "opted_out"}
)


def breaches(world):
    """Give all breaches of all laws, as sentences."""
    found = []
    for law in (
        mails_leave_in_their_hours,
        calls_lie_in_both_days,
        nobody_is_mailed_above_the_cap,
        nothing_is_done_twice,
        nobody_is_called_twice_a_day,
        nothing_follows_an_end,
        nothing_goes_to_a_closed_address,
        waits_are_kept,
        nothing_is_forgotten,
        who_is_done_got_every_step,
        the_first_contact_is_in_time,
    ):
        found += [f"{law.__name__}: {text}" for text in law(world)]
    return found


def _touch_by_message(world):
    touches = world.env["lead.touch"].search([("mail_id", "!=", False)])
    return {touch.mail_id.message_id: touch for touch in touches}


def _is_in_working_day(spot, local):
    return works_on(spot, local.date()) and _NINE <= local.time() < _FIVE


def mails_leave_in_their_hours(world):
    """In the window; or, of a first contact only, in the working day around its deadline."""
    touch_by_message = _touch_by_message(world)
    for moment, lead_id, message_id in world.diary["mail"]:
        spot, touch = world.spot_by_lead[lead_id], touch_by_message.get(message_id)
        local = wall_clock(moment, spot.zone)
        in_window = day_of_week(spot, local.date()) in (2, 3, 4) and _NINE <= local.time() <= _NOON
        is_first = touch and touch.deadline
        if not in_window and not (is_first and _is_in_working_day(spot, local)):
            yield f"lead {lead_id} mailed {local:%a %d %b %H:%M} {spot.zone}"


def calls_lie_in_both_days(world):
    """Planned for the lead's call hours, or by a deadline its working day; the rep at work."""
    touches = world.env["lead.touch"].search(
        [("channel", "in", ("call", "task")), ("planned_at", "!=", False), ("step_id", "!=", False)]
    )
    for touch in touches:
        spot = world.spot_by_lead[touch.lead_id.id]
        local = wall_clock(touch.planned_at, spot.zone)
        clock = local.time()
        in_window = day_of_week(spot, local.date()) in (3, 4) and (
            _TEN <= clock < _NOON or _TWO <= clock < _FIVE
        )
        if not in_window and not (touch.deadline and _is_in_working_day(spot, local)):
            yield f"call of lead {touch.lead_id.id} at {local:%a %d %b %H:%M} {spot.zone}"
        if touch.user_id in world.reps and not _is_at_work(world, touch.user_id, touch.planned_at):
            yield f"call of lead {touch.lead_id.id}: {touch.user_id.name} is not at work"


def _is_at_work(world, rep, moment):
    local = wall_clock(moment, rep.tz)
    away = any(rep == who and first <= moment < last for who, first, last in world.leaves)
    in_hours = dt.time(8) <= local.time() < _NOON or dt.time(13) <= local.time() < _FIVE
    return local.weekday() < 5 and in_hours and not away


def nobody_is_mailed_above_the_cap(world):
    """A sender's e-mails of one day in the company's zone."""
    touch_by_message = _touch_by_message(world)
    count = Counter()
    for moment, _lead_id, message_id in world.diary["mail"]:
        sender = touch_by_message[message_id].user_id
        count[sender, wall_clock(moment, "Europe/Berlin").date()] += 1
    for (sender, day), number in count.items():
        if number > CAP:
            yield f"{sender.name} sent {number} on {day}"


def nothing_is_done_twice(world):
    """No mail of a step to one lead twice, no step posted or called twice."""
    touch_by_message = _touch_by_message(world)
    mailed = Counter(
        (lead_id, touch_by_message[message_id].step_id.id)
        for _moment, lead_id, message_id in world.diary["mail"]
    )
    posted = Counter(touch_id for _moment, _lead_id, touch_id in world.diary["letter"])
    called = Counter(touch_id for _moment, touch_id, _outcome in world.diary["made"])
    for what, counts in (("mailed", mailed), ("posted", posted), ("called", called)):
        yield from (f"{what} {key} {n} times" for key, n in counts.items() if n > 1)


def nobody_is_called_twice_a_day(world):
    """Two calls of one cadence never lie on one day of the lead's."""
    touches = world.env["lead.touch"].search(
        [("channel", "=", "call"), ("planned_at", "!=", False), ("step_id", "!=", False)]
    )
    planned = Counter()
    for touch in touches.filtered(lambda touch: touch.state in ("queued", "done")):
        spot = world.spot_by_lead[touch.lead_id.id]
        planned[touch.lead_id.id, wall_clock(touch.planned_at, spot.zone).date()] += 1
    yield from (f"lead {key[0]} {n} calls on {key[1]}" for key, n in planned.items() if n > 1)


def nothing_follows_an_end(world):
    """After an answer, a meeting, won, lost, a no: no mail, no letter, no call on a list."""
    ended = {}
    for lead_id, ends in world.diary["end"].items():
        moments = [moment for moment, reason in ends if reason in _STOPPING]
        if moments:
            ended[lead_id] = min(moments)
    for kind in ("mail", "letter"):
        for moment, lead_id, _what in world.diary[kind]:
            if lead_id in ended and moment > ended[lead_id]:
                yield f"{kind} to lead {lead_id} at {moment}, ended {ended[lead_id]}"
    left = world.env["lead.touch"].search(
        [
            ("lead_id", "in", list(ended)),
            ("step_id", "!=", False),
            ("state", "in", ("planned", "queued", "waiting", "sending")),
        ]
    )
    yield from (f"{touch.channel} still planned for lead {touch.lead_id.id}" for touch in left)
    live = world.env["crm.lead"].browse(list(ended)).exists().filtered("enrollment_id")
    yield from (f"lead {lead.id} is still in a cadence" for lead in live)


def nothing_goes_to_a_closed_address(world):
    """A bounced address and a no to e-mail: no mail; and mails that bounced close e-mail only."""
    for moment, lead_id, _message_id in world.diary["mail"]:
        closed = world.diary["closed"].get(lead_id)
        if closed and moment > closed:
            yield f"lead {lead_id} mailed at {moment}, its address wrong since {closed}"
        if world.env["crm.lead"].browse(lead_id).email_consent == "no":
            yield f"lead {lead_id} mailed though it said no"


def waits_are_kept(world):
    """Days since the last touch made when the next was planned, on the lead's own calendar."""
    touches = world.env["lead.touch"].search([("state", "=", "done")], order="done_at, id")
    for lead, made in touches.grouped("lead_id").items():
        spot = world.spot_by_lead[lead.id]
        for after in made.filtered("step_id"):
            planned = world.planned_at_by_touch[after.id]
            before = made.filtered(lambda touch, at=planned: touch.done_at <= at) - after
            if not before:
                continue
            start = max(touch.letter_arrives_at or touch.done_at for touch in before)
            first = wall_clock(start, spot.zone).date()
            last = wall_clock(after.planned_at, spot.zone).date()
            days = (
                working_days_between(spot, first, last)
                if after.step_id.wait_unit == "working"
                else (last - first).days
            )
            if days < after.step_id.wait_days:
                yield (
                    f"lead {lead.id}: {after.step_id.name} after {days} days "
                    f"instead of {after.step_id.wait_days}"
                )


def nothing_is_forgotten(world):
    """On no day is somebody live with nothing planned, or a mail two hours overdue."""
    for moment, enrollment_id in world.diary["missed"]:
        yield f"{moment}: enrollment {enrollment_id}"


def who_is_done_got_every_step(world):
    """A finished cadence has a touch for each step, made or with its reason."""
    for enrollment in world.env["lead.cadence.enrollment"].search([("state", "=", "done")]):
        missing = enrollment.cadence_id.step_ids - enrollment.touch_ids.step_id
        if missing:
            yield f"lead {enrollment.lead_id.id} lacks {missing.mapped('name')}"
        for touch in enrollment.touch_ids.filtered(lambda touch: touch.state != "done"):
            if not touch.reason and touch.state != "waiting":
                yield f"lead {enrollment.lead_id.id}: {touch.step_id.name} has no reason"


def the_first_contact_is_in_time(world):
    """Who could be mailed was, before the deadline; or it was said that the cap forbids it."""
    first_mail = {}
    for moment, lead_id, _message_id in world.diary["mail"]:
        first_mail.setdefault(lead_id, moment)
    for lead_id, moment in first_mail.items():
        lead = world.env["crm.lead"].browse(lead_id)
        touches = lead.touch_ids.sorted("id")
        first = touches.filtered(lambda touch: touch.state == "done" and touch.deadline)[:1]
        if first.channel != "email" or not first.deadline or moment <= first.deadline:
            continue
        if not first.is_late_by_plan:
            yield f"lead {lead_id}: first mail at {moment}, due {first.deadline}, nobody was told"


def sums(world):
    """Give what happened, as rows of (what, count)."""
    env = world.env
    env.cr.execute("SELECT channel, state, count(*) FROM lead_touch GROUP BY 1, 2 ORDER BY 1, 2")
    rows = [(f"{channel}s {state}", number) for channel, state, number in env.cr.fetchall()]
    env.cr.execute(
        "SELECT coalesce(outcome, '-'), count(*) FROM lead_touch WHERE state = 'done'"
        " GROUP BY 1 ORDER BY 1"
    )
    rows += [(f"outcome {outcome}", number) for outcome, number in env.cr.fetchall()]
    env.cr.execute(
        "SELECT state, coalesce(stop_reason, '-'), count(*) FROM lead_cadence_enrollment"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    rows += [(f"cadence {state}: {reason}", number) for state, reason, number in env.cr.fetchall()]
    env.cr.execute(
        "SELECT reason, count(*) FROM lead_touch WHERE state IN ('blocked', 'failed')"
        " GROUP BY 1 ORDER BY 1"
    )
    rows += [(f"blocked or failed: {reason}", number) for reason, number in env.cr.fetchall()]
    return rows
