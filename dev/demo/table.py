"""What happened, counted from the database."""

from collections import Counter


def show(env, show, jobs):
    """Print the table of the demo."""
    env.invalidate_all()
    print(
        f"\n{show.name}, closed {show.closes_at} UTC, first contact within {show.clock_hours} h\n"
    )
    _show_rows(jobs)
    leads = (
        env["crm.lead"]
        .with_context(active_test=False)
        .search([("visit_ids.trade_show_id", "=", show.id)])
    )
    _show_leads(env, leads)
    _show_first_contacts(env, leads)


def _line(*cells):
    print("  " + f"{cells[0]:<34}" + "".join(f"{cell!s:>11}" for cell in cells[1:]))


def _show_rows(jobs):
    _line("File", "rows", "new", "enriched", "duplicate", "rejected", "state")
    seen = set()
    for job in jobs:
        again = " once more" if job.file_name in seen else ""
        seen.add(job.file_name)
        _line(
            job.file_name + again,
            job.row_count,
            job.new_count,
            job.enriched_count,
            job.duplicate_count,
            job.rejected_count,
            job.state,
        )
        reasons = job.row_ids._read_group(
            [("import_id", "=", job.id), ("verdict", "in", ("duplicate", "rejected"))],
            ["verdict", "reason"],
            ["__count"],
        )
        for verdict, reason, count in reasons:
            print(f"      {verdict}: {reason} {count}")


def _show_leads(env, leads):
    domain = [("id", "in", leads.ids)]
    print(f"\n  Leads of the show: {len(leads)}")
    Lead = env["crm.lead"].with_context(active_test=False)
    for title, field in (("temperature", "temperature"), ("lifecycle", "lifecycle")):
        groups = Lead._read_group(domain, [field], ["__count"])
        print(f"  By {title}: " + ", ".join(f"{value} {count}" for value, count in groups))
    groups = Lead._read_group(domain, ["user_id"], ["__count"], order="user_id")
    print(
        "  By rep: " + ", ".join(f"{user.name or 'nobody yet'} {count}" for user, count in groups)
    )


def _show_first_contacts(env, leads):
    touches = env["lead.touch"].search(
        [("lead_id", "in", leads.ids), ("state", "in", ("planned", "queued"))]
    )
    enrolled = leads.filtered("enrollment_id")
    not_buying = leads.filtered("not_a_buyer")
    no_channel = leads.filtered(
        lambda lead: "no_channel" in lead.enrollment_ids.mapped("stop_reason")
    )
    print(
        f"\n  In the cadence: {len(enrolled)}; not in it: {len(not_buying)} do not buy, "
        f"{len(no_channel)} can be reached by no step"
    )
    _line("First contacts by day (UTC)", "e-mail", "call", "letter")
    by_day = Counter((touch.planned_at.date(), touch.channel) for touch in touches)
    for day in sorted({day for day, _channel in by_day}):
        counts = [by_day[day, channel] for channel in ("email", "call", "letter")]
        _line(f"{day:%a %Y-%m-%d}", *counts)
    mails = touches.mail_id.filtered(lambda mail: mail.state == "outgoing" and mail.scheduled_date)
    calls = touches.filtered(lambda touch: touch.channel == "call" and touch.activity_id)
    letters = touches.filtered(lambda touch: touch.channel == "letter" and touch.state == "queued")
    print(
        f"  Really queued: {len(mails)} e-mails; activities: {len(calls)} calls; "
        f"{len(letters)} letters to post"
    )
    in_time = touches.filtered(lambda touch: touch.planned_at <= touch.lead_id.first_touch_deadline)
    print(f"  Before the deadline: {len(in_time)} of {len(touches)}")
    blocked = env["lead.touch"]._read_group(
        [("lead_id", "in", leads.ids), ("state", "in", ("blocked", "waiting", "failed"))],
        ["channel", "reason"],
        ["__count"],
    )
    for channel, reason, count in blocked:
        print(f"  Not possible: {channel}, {reason}: {count}")
    nothing = enrolled.filtered(lambda lead: not lead.next_touch_at)
    if nothing:
        print(f"  Enrolled with nothing planned yet: {len(nothing)}")
