"""One scenario: servers at work, killed again and again, then left in peace and looked at."""

import random
import sys
import threading
import time
from collections import Counter
from typing import NamedTuple

from .crossing import Crosser
from .laws import Breach
from .office import OfficeError
from .scenarios import PRESS_AGAIN
from .world import DATABASE

_CHANCE = 0.005  # of a statement on our tables to be thrown out
_LONGEST = 0.9  # seconds before a kill, and as many to find somebody at work
_IDLE = 5  # seconds without anybody at work or a job ready: the scheduler is idle
_PATIENCE = 600  # seconds until what is left must be done
_ENOUGH = 40  # records that wait for a job, until which people go on working
_HOURS = 2  # that may pass until then
_TOLD = 8  # breaches whose whole story is told
_SCORES = """
leads = env["crm.lead"].with_context(active_test=False).search([("score_id.is_stale", "=", False)])
lines = leads._get_scored_lines(leads.ids)
sums = [(lead.id, lead.score_total, sum(line["points"] for line in lines.get(lead.id, [])))
        for lead in leads]
keep["answer"] = [row for row in sums if row[1] != row[2]]
"""


class Result(NamedTuple):
    """One line of the table; ``stories`` has a text for each breach."""

    title: str
    servers: int
    kills: int
    errors: int
    mails: int
    counts: dict
    doubtful: int
    late: int
    seed: int
    stories: list


class Trial:
    """Runs one scenario in ``world``.

    :param known: breaches of the scenarios before, which are not told again.
    """

    def __init__(self, world, scenario, known):
        self.world, self.scenario, self.known = world, scenario, known
        self.dice = random.Random(f"{world.seed}.{scenario.name}")
        self.kills, self.late = 0, 0
        self.story_by_breach = {}

    def run(self, kills, seconds):
        """Kill until ``kills`` were made or ``seconds`` are over; return the ``Result``."""
        world = self.world
        before = self._count()
        world.keep_servers(self.scenario.servers, self.scenario.shift_hours)
        crosser = Crosser(world.cluster, DATABASE, world.seed)
        self._give_work()
        crosser.start()
        world.set_trouble(_CHANCE)
        try:
            self._kill_until(kills, time.monotonic() + seconds)
            self._trouble_until(time.monotonic() + seconds / 2)
        finally:
            world.set_trouble(0)
            crosser.end()
        self._settle()
        self._note(world.laws.broken_at_rest())
        self._check_scores()
        return self._sum_up(before, crosser)

    def _count(self):
        world = self.world
        doubtful = world.laws.count_doubtful()
        return world.count_errors(), len(world.receiver.taken), doubtful

    def _give_work(self):
        try:
            self.world.give_work(self.scenario.work)
        except OfficeError as error:
            self._say(f"somebody was told: {str(error).splitlines()[0][:120]}")

    def _kill_until(self, kills, end):
        """Kill whoever is at work, at a moment of the dice, until enough were or time is up."""
        people = None
        while self.kills < kills and time.monotonic() < end:
            self.world.pass_time(self.scenario.passing)
            at_work = self._wait_for_somebody()
            is_free = people is None or not people.is_alive()
            if is_free and len(self.world.laws.undone()) < _ENOUGH:
                people = threading.Thread(target=self._give_work)
                people.start()
            if at_work:
                self._kill(*self.dice.choice(at_work))
                self._note(self.world.laws.broken_now())
        if people:
            people.join()

    def _trouble_until(self, end):
        """Let errors alone happen until all is done or time is up: kills leave little to them."""
        while time.monotonic() < end and (self.world.is_busy() or self.world.laws.undone()):
            self.world.pass_time(self.scenario.passing)
            self._note(self.world.laws.broken_now())

    def _wait_for_somebody(self):
        """Return who is at work at a moment of the dice; nobody, if nobody is for a while."""
        time.sleep(self.dice.uniform(0, _LONGEST))
        end = time.monotonic() + _LONGEST
        while not (at_work := self.world.at_work()) and time.monotonic() < end:
            time.sleep(0.05)
        return at_work

    def _kill(self, worker, process, backend):
        """Kill a process of a server, all of it, its connection, or the whole of PostgreSQL."""
        throw = self.dice.random()
        if throw < 0.62:
            worker.kill_one(process)
        elif throw < 0.72:
            worker.kill()
        elif throw < 0.97:
            self.world.cluster.end_backend(backend)
        else:
            self.world.cluster.crash(backend)
        self.kills += 1

    def _settle(self):
        """Let everything be done that is to be done; what is not, is stuck.

        First by the scheduler alone: what is left when it idles has to wait for the next regular
        run of a job, and is late. Then an hour passes, and another. What is left after is stuck.
        """
        end, quiet_since, hours = time.monotonic() + _PATIENCE, time.monotonic(), 0
        while time.monotonic() < end:
            self.world.pass_time(self.scenario.passing)
            if self._press_again() or self.world.is_busy():
                quiet_since = time.monotonic()
            if time.monotonic() - quiet_since < _IDLE:
                continue
            undone = self.world.laws.undone()
            if not undone or hours == _HOURS:
                break
            hours += 1
            if hours == 1:
                self.late = len(undone)
                kinds = Counter(f"{breach.table}: {breach.words}" for breach in undone)
                for words, count in kinds.items():
                    self._say(f"left to the hour: {count} of {words}")
            self.world.let_an_hour_pass()
            quiet_since = time.monotonic()
        self._note(self.world.laws.undone())

    def _press_again(self):
        """Take up imports that have failed, as they ask for; tell whether there were any."""
        failed = "SELECT 1 FROM lead_import WHERE state = 'failed' LIMIT 1"
        if not self.world.execute(failed):
            return False
        self._say("an import says that it failed; somebody presses Import again")
        self.world.office.act(PRESS_AGAIN)
        return True

    def _check_scores(self):
        wrong = self.world.office.act(_SCORES)
        self._note(
            Breach("wrong", "lead_score", lead, f"{total}, but its lines add up to {lines}")
            for lead, total, lines in wrong
        )

    def _note(self, breaches):
        for breach in breaches:
            if breach in self.known:
                continue
            self.known.add(breach)
            is_told = len(self.story_by_breach) < _TOLD
            self.story_by_breach[breach] = self.world.laws.tell(breach) if is_told else str(breach)
            self._say(f"BREACH {breach}")

    def _sum_up(self, before, crosser):
        counts = {}
        for breach in self.story_by_breach:
            counts[breach.kind] = counts.get(breach.kind, 0) + 1
        errors, mails, doubtful = (
            now - then for now, then in zip(self._count(), before, strict=True)
        )
        return Result(
            self.scenario.title,
            self.scenario.servers,
            self.kills,
            errors + crosser.deadlocks,
            mails,
            counts,
            doubtful,
            self.late,
            self.world.seed,
            list(self.story_by_breach.values()),
        )

    def _say(self, words):
        sys.stdout.write(f"  {time.strftime('%H:%M:%S')} {self.scenario.name}: {words}\n")
        sys.stdout.flush()
