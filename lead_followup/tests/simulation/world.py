"""Sixty days of a company that exhibits: what its leads, its reps and the post do, by dice.

The program runs as it does in a company: its cron jobs at their hours and when they are woken, the
mail queue, the mail gateway, the calls people note. Only the clock is moved and the mail server is
a notebook. All that happens is written down in ``diary``, for the laws to be checked against.
"""

import heapq
import itertools
import random
from datetime import datetime, timedelta
from email.utils import getaddresses
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.base.models.ir_mail_server import IrMail_Server

from . import mails
from .places import SPOTS

START = datetime(2026, 3, 6, 6)  # the Friday after a show; clocks, Nowruz and Easter lie ahead
SHOW_END = "2026-03-05"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAP = 40  # e-mails a sender and day
_GROWING = ("crm_lead", "lead_touch", "lead_cadence_enrollment", "lead_event") + (
    "mail_mail",
    "mail_message",
    "mail_activity",
)
REPS = (("ria", "Europe/Berlin"), ("tom", "Europe/London"), ("amy", "America/New_York"))


class World:
    """One run. ``case`` is a test case with the environment; the seed decides all that happens."""

    def __init__(self, case, seed, leads=1000, days=60):
        self.case, self.env, self.dice = case, case.env, random.Random(seed)
        self.end = START + days * DAY
        self.agenda, self.order = [], itertools.count()
        self.alarms, self.woken = set(), set()
        self.diary = {"mail": [], "letter": [], "end": {}, "closed": {}, "made": [], "missed": []}
        self.spot_by_lead, self.lead_by_address, self.rng_by_lead = {}, {}, {}
        self.known_calls, self.planned_at_by_touch = set(), {}
        self.clock = None
        self.lead_count = leads

    # The stage

    def run(self):
        """Let the days pass; return this world."""
        with freeze_time(START) as self.clock, self._notebook(), self._alarm_clock():
            self._make_company()
            self._make_visitors()
            while self.agenda or self._next_wake() < self.end:
                moment = min(self._next_wake(), self.agenda[0][0] if self.agenda else self.end)
                if moment >= self.end:
                    break
                self.clock.move_to(moment)
                self._let_happen(moment)
                self._run_jobs(moment)
            self.clock.move_to(self.end)
            self._run_jobs(self.end)
        return self

    def at(self, moment, happening, *args):
        """Note that ``happening`` takes place at ``moment``."""
        heapq.heappush(self.agenda, (moment, next(self.order), happening, args))

    def _notebook(self):
        def send_email(_self, message, *_args, **_kwargs):
            [(_name, address)] = getaddresses([message["To"]])
            if address in self.lead_by_address:  # what tells our own people is no touch
                self._note_mail(address, message["Message-Id"])
            return message["Message-Id"]

        return patch.multiple(
            IrMail_Server,
            send_email=send_email,
            _disable_send=lambda _self: False,
            _connect__=lambda _self, **_kwargs: None,
        )

    def _alarm_clock(self):
        """Note when jobs ask to be woken: Odoo forgets what lies before the real day."""
        names = {self.env.ref(name).id: name for name in self._JOBS}

        def _trigger_list(cron, at_list):
            if cron.id in names:
                for at in at_list:
                    moment = max(at, fields.Datetime.now())
                    if (names[cron.id], moment) not in self.alarms:
                        self.alarms.add((names[cron.id], moment))
                        self.at(moment, self.woken.add, names[cron.id])

        return patch.object(IrCron, "_trigger_list", _trigger_list)

    def _make_company(self):
        env = self.env
        env.company.write({"lead_email_cap": CAP})
        env.company.resource_calendar_id.tz = "Europe/Berlin"
        env.company.alias_domain_id = env["mail.alias.domain"].create(
            {"name": "seller.example.com", "bounce_alias": "bounce"}
        )
        self.reps = env["res.users"]
        for name, tz in REPS:
            rep = self.case._make_user(name, "sales_team.group_sale_salesman_all_leads", tz=tz)
            calendar = env.company.resource_calendar_id.copy({"name": name, "tz": tz})
            rep.action_create_employee() if hasattr(rep, "action_create_employee") else None
            if not rep.resource_ids:
                env["resource.resource"].create(
                    {"name": name, "user_id": rep.id, "calendar_id": calendar.id, "tz": tz}
                )
            rep.resource_ids.calendar_id = calendar
            self.reps |= rep
        self.leaves = []
        for rep in self.reps:
            for _leave in range(2):
                first = START + self.dice.randrange(3, 55) * DAY
                first = first.replace(hour=0)
                last = first + self.dice.randrange(1, 6) * DAY
                env["resource.calendar.leaves"].create(
                    {
                        "name": "Away",
                        "resource_id": rep.resource_ids.id,
                        "calendar_id": rep.resource_ids.calendar_id.id,
                        "date_from": first,
                        "date_to": last,
                    }
                )
                self.leaves.append((rep, first, last))
        self.show = self.case._make_show(
            date_begin="2026-03-03",
            date_end=SHOW_END,
            tz="Europe/Berlin",
            country_id=env.ref("base.de").id,
            sender_id=self.case.user_marketing.id,
        )
        env.company.lead_marketing_user_id = self.case.user_marketing

    # The people

    def _make_visitors(self):
        env = self.env
        count = self.lead_count * 7 // 10
        visitors = env["crm.lead"].create([self._draw_lead(i) for i in range(count)])
        self._know(visitors)
        env["lead.show.visit"].create(
            [
                {
                    "lead_id": lead.id,
                    "trade_show_id": self.show.id,
                    "captured_at": datetime(2026, 3, 4, 10),
                    "first_touch_deadline": self.show._first_contact_deadline(False),
                }
                for lead in visitors
            ]
        )
        env.ref("lead_followup.lead_cadence_trade_show")._enroll(visitors)
        for i in range(count, self.lead_count):
            moment = START + self.dice.randrange(1, 30 * 24 * 60) * timedelta(minutes=1)
            self.at(moment, self._come_in, i)
        for weekday_at in range(60):
            day = START.replace(hour=8) + weekday_at * DAY
            if day.weekday() in (1, 4):
                self.at(day, self._print_letters)

    def _come_in(self, index):
        lead = self.env["crm.lead"].create(self._draw_lead(index))
        self._know(lead)
        self.env.ref("lead_followup.lead_cadence_general")._enroll(lead)

    def _draw_lead(self, index):
        dice = self.dice
        spot = SPOTS[index % len(SPOTS)]
        has_phone = dice.random() < 0.8 or spot.zone == "America/Los_Angeles"
        digits = 3 if spot.country in ("GB", "FR", "TR", "IR", "SA") else 4
        own = str(100 + index // len(SPOTS)).zfill(digits)
        vals = {
            "type": "lead",
            "name": f"Lead {index}",
            "contact_name": f"Person {index}",
            "country_id": self.env.ref(f"base.{_xml_name(spot.country)}").id,
            "email_from": f"p{index}@buyer.example" if dice.random() < 0.9 else False,
            "phone": spot.phone + own if has_phone else False,
            "user_id": dice.choice(self.reps).id if dice.random() < 0.6 else False,
        }
        if dice.random() < 0.6:
            vals |= {"street": f"{index} Sample St", "city": "Town", "zip": "10001"}
        if dice.random() < 0.05:
            vals["email_consent"] = "no"
        return vals

    def _know(self, leads):
        for lead in leads:
            index = int(lead.name.split()[1])
            self.spot_by_lead[lead.id] = SPOTS[index % len(SPOTS)]
            self.rng_by_lead[lead.id] = random.Random(f"{self.dice.random()}")
            if lead.email_from:
                self.lead_by_address[lead.email_from] = lead
            self._draw_fate(lead)

    def _draw_fate(self, lead):
        fates = (
            (0.02, self._book_meeting),
            (0.02, self._win),
            (0.03, self._lose),
            (0.01, self._close),
            (0.03, self._pause),
            (0.02, self._change_rep),
            (0.01, self._opt_out),
        )
        roll = self.rng_by_lead[lead.id]
        for chance, fate in fates:
            if roll.random() < chance:
                self.at(self._later(roll, 1, 40 * 24), fate, lead)
        if not lead.user_id and roll.random() < 0.5:
            self.at(self._later(roll, 1, 30 * 24), self._change_rep, lead)

    def _later(self, roll, least, most):
        """Give a moment ``least`` to ``most`` hours from now."""
        return fields.Datetime.now() + roll.randrange(least * 60, most * 60) * timedelta(minutes=1)

    # What happens

    def _let_happen(self, moment):
        while self.agenda and self.agenda[0][0] <= moment:
            _moment, _order, happening, args = heapq.heappop(self.agenda)
            happening(*args)

    def _note_mail(self, address, message_id):
        now = fields.Datetime.now()
        lead = self.lead_by_address[address]
        self.diary["mail"].append((now, lead.id, message_id))
        roll = self.rng_by_lead[lead.id]
        token = f"{lead.id}-{len(self.diary['mail'])}"
        draw = roll.random()
        if draw < 0.06:
            sender = address if roll.random() < 0.8 else f"private.{address}"
            self.at(self._later(roll, 1, 60), self._answer, lead, sender, message_id, token)
        elif draw < 0.11:
            self.at(now + timedelta(minutes=3), self._be_away, lead, address, message_id, token)
        elif draw < 0.14:
            self.at(now + timedelta(minutes=9), self._bounce, lead, address, message_id, token)
        elif draw < 0.15:
            self.at(self._later(roll, 1, 30), self._opt_out, lead)

    def _receive(self, message):
        self.env["mail.thread"].message_process("crm.lead", message)

    def _answer(self, lead, sender, message_id, token):
        self._note_end(lead, "replied")
        self._receive(mails.reply(sender, message_id, fields.Datetime.now(), token))

    def _be_away(self, lead, address, message_id, token):
        has_header = self.rng_by_lead[lead.id].random() < 0.7
        now = fields.Datetime.now()
        self._receive(mails.absence(address, message_id, now, token, has_header))

    def _bounce(self, lead, address, message_id, token):
        self.diary["closed"].setdefault(lead.id, fields.Datetime.now())
        self._receive(mails.bounce(address, message_id, fields.Datetime.now(), token))

    def _opt_out(self, lead):
        if lead.email_from:
            self._note_end(lead, "opted_out")
            self.env["mail.blacklist"]._add(lead.email_from)

    def _book_meeting(self, lead):
        if lead.active and lead.won_status == "pending":
            self._note_end(lead, "meeting")
            start = fields.Datetime.now() + 3 * DAY
            self.env["calendar.event"].create(
                {
                    "name": "Demo",
                    "start": start,
                    "stop": start + HOUR,
                    "opportunity_id": lead.id,
                }
            )

    def _win(self, lead):
        if lead.active and lead.won_status == "pending":
            self._note_end(lead, "won")
            lead.action_set_won()

    def _lose(self, lead):
        if lead.active and lead.won_status == "pending":
            self._note_end(lead, "lost")
            lead.action_set_lost()

    def _close(self, lead):
        self._note_end(lead, "do_not_contact")
        lead.do_not_contact = True

    def _pause(self, lead):
        enrollment = lead.enrollment_id
        if enrollment.state == "active":
            enrollment.action_pause()
            roll = self.rng_by_lead[lead.id]
            self.at(self._later(roll, 20, 24 * 10), self._resume, enrollment)

    def _resume(self, enrollment):
        if enrollment.state == "paused" and enrollment.stop_reason == "paused":
            enrollment.action_resume()

    def _change_rep(self, lead):
        if lead.active and lead.won_status == "pending":
            lead.user_id = self.rng_by_lead[lead.id].choice(self.reps)

    def _note_end(self, lead, reason):
        self.diary["end"].setdefault(lead.id, []).append((fields.Datetime.now(), reason))

    # The reps and the post

    def _look_at_calls(self):
        """Let the reps see the calls on their lists; each is made at its hour, or days late."""
        domain = [("channel", "in", ("call", "task")), ("state", "=", "queued")]
        domain.append(("id", "not in", list(self.known_calls)))
        for touch in self.env["lead.touch"].search(domain):
            self.known_calls.add(touch.id)
            roll = self.rng_by_lead[touch.lead_id.id]
            moment = touch.planned_at + roll.randrange(0, 30) * timedelta(minutes=1)
            if roll.random() < 0.08:
                moment += roll.randrange(1, 4) * DAY
            self.at(max(moment, fields.Datetime.now()), self._call, touch)

    def _call(self, touch):
        if not touch.exists() or touch.state != "queued":
            return
        lead, now = touch.lead_id, fields.Datetime.now()
        if touch.planned_at > now:  # planned anew meanwhile
            self.at(touch.planned_at, self._call, touch)
            return
        roll = self.rng_by_lead[lead.id]
        outcome = roll.choices(
            ("no_answer", "interested", "later", "not_interested", "wrong_number", "unknown"),
            (60, 8, 8, 8, 6, 10),
        )[0]
        self.diary["made"].append((now, touch.id, outcome))
        rep = touch.user_id if touch.user_id in self.reps else self.case.user_marketing
        lead = lead.with_user(rep)
        if outcome == "unknown":
            touch.activity_id.with_user(rep)._action_done()
        elif outcome == "later":
            self._agree(lead, touch, roll)
        else:
            if outcome in ("interested", "not_interested"):
                self._note_end(lead, outcome)
            lead.action_log_call(outcome, touch.activity_id.id)

    def _agree(self, lead, touch, roll):
        now = fields.Datetime.now()
        plan = roll.choice(("call", "nurture"))
        if plan == "nurture":
            self._note_end(lead, "nurture")
        self.env["lead.call.later"].with_user(lead.env.user).create(
            {
                "lead_id": lead.id,
                "activity_id": touch.activity_id.id,
                "plan": plan,
                "call_back_at": now + roll.randrange(1, 7) * DAY,
                "nurture_until": (now + 90 * DAY).date(),
            }
        ).action_confirm()

    def _print_letters(self):
        touches = self.env["lead.touch"].search(
            [
                ("channel", "=", "letter"),
                ("state", "=", "queued"),
                ("letter_batch_id", "=", False),
                ("planned_at", "<=", fields.Datetime.now()),
            ]
        )
        if touches:
            touches.action_make_letters()
            batches = touches.letter_batch_id
            batches.write({"state": "printed"})  # printing itself needs a browser
            self.at(fields.Datetime.now() + 5 * HOUR, self._post, batches)

    def _post(self, batches):
        for batch in batches:
            batch.action_mark_posted()
            for touch in batch.touch_ids.filtered(lambda touch: touch.state == "done"):
                self.diary["letter"].append((fields.Datetime.now(), touch.lead_id.id, touch.id))

    # The program's own jobs

    _JOBS = ("lead_followup.ir_cron_run_cadences", "mail.ir_cron_mail_scheduler_action")

    def _next_wake(self):
        """Give the full hour at which the jobs run whether they are woken or not."""
        return fields.Datetime.now().replace(minute=0, second=0, microsecond=0) + HOUR

    def _run_jobs(self, moment):
        if not moment.minute:
            self.woken |= set(self._JOBS)
        if moment.hour == 2 and not moment.minute:
            self._look_at_sizes()
        while self.woken:
            for name in self._JOBS:
                if name in self.woken:
                    self.woken.remove(name)
                    self._run_job(name)
                    self._ring(moment)
        self._look_at_calls()
        self._note_plans(moment)
        self._count_forgotten(moment)

    def _ring(self, moment):
        """Let the alarms of this very moment go off, those just set among them."""
        while self.agenda and self.agenda[0][0] <= moment and self.agenda[0][2] == self.woken.add:
            self.woken.add(heapq.heappop(self.agenda)[3][0])

    def _look_at_sizes(self):
        """Let PostgreSQL count its rows, as it does by itself where they are committed."""
        self.env.flush_all()
        for table in _GROWING:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _run_job(self, name):
        with self.case.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()

    def _note_plans(self, moment):
        """Note when each touch was first seen with a moment, for its wait runs from before."""
        self.env["lead.touch"].flush_model(["planned_at", "state"])
        self.env.cr.execute(
            "SELECT id FROM lead_touch WHERE planned_at IS NOT NULL"
            " AND (state IN ('planned', 'queued', 'sending') OR done_at >= %s)",
            [moment - HOUR],
        )
        for (touch_id,) in self.env.cr.fetchall():
            self.planned_at_by_touch.setdefault(touch_id, moment)

    def _count_forgotten(self, moment):
        """Once a day: who is live without anything planned, and which mail should have left."""
        if moment.hour != 3 or moment.minute:
            return
        self.env.cr.execute(
            """SELECT e.id FROM lead_cadence_enrollment e
                WHERE e.state = 'active' AND NOT EXISTS (
                    SELECT 1 FROM lead_touch t WHERE t.enrollment_id = e.id
                       AND t.state IN ('planned', 'queued', 'waiting', 'sending'))
            UNION
               SELECT t.enrollment_id FROM lead_touch t
                WHERE t.channel = 'email' AND t.state IN ('planned', 'queued')
                  AND t.planned_at < %s""",
            [moment - 2 * HOUR],
        )
        self.diary["missed"] += [(moment, row[0]) for row in self.env.cr.fetchall()]


def _xml_name(country):
    return {"GB": "uk"}.get(country, country.lower())
