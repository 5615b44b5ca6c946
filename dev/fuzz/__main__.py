"""Reads many bent files, each in a process with a limit of memory and of time.

    python -m dev.fuzz [FILES [FIRST SEED]]

Each file ends as rows of which every one is judged, or in a refusal of the reader's own class.
Anything else is printed with its seed and fails the run: another exception, a process that died,
one that is not through in time.
"""

import collections
import logging
import multiprocessing
import resource
import signal
import sys
import time
import traceback

import lead_followup_tools.intake as intake
from expectations import Result

from .mutate import make_file

SECONDS = 30  # of the processor, a file
PATIENCE = 600  # seconds by the clock, of a busy machine
MEMORY = 3 << 30  # bytes of a process; a file may unpack to one GiB
LIMITS = intake.Limits(max_rows=20_000)  # more would only take longer
SLICE = 200  # files of a process, before the next one starts afresh


def read(seed):
    """Return what became of the file of ``seed``: ``(way, outcome)``."""
    way, content, name = make_file(seed)
    if len(content) > 64 << 20:
        return way, "too long to send"
    try:
        result = Result(content, intake.Options(), name, limits=LIMITS)
    except intake.FileRefused as refusal:
        assert str(refusal).endswith("."), "a refusal is a sentence"
        assert "%(" not in str(refusal), "a refusal is filled in"
        return way, f"refused: {refusal.code}"
    assert len(result.judged) == len(result.table.rows) > 0, "every row is judged"
    assert len(result.judged) == result.leads + len(result.rejected) + len(result.matches), "sum"
    for row in result.judged.values():
        assert "\x00" not in repr(row.values).replace("\\x00", "\x00"), "no text holds a NUL"
    return way, "judged"


def work(seeds, sender):
    logging.disable()  # what vobject skips, it logs
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for seed in seeds:
        sender.send((seed, None, None, 0))
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # what is over it ends the process
        started = time.process_time()
        try:
            way, outcome = read(seed)
        except BaseException as error:  # whatever it is, it is what is looked for
            trace = "".join(traceback.format_exception(error)[-3:])
            way, outcome = make_file(seed)[0], f"BROKEN: {type(error).__name__}\n{trace}"
        sender.send((seed, way, outcome, time.process_time() - started))


class Slice:
    """One process and the seeds it works through."""

    def __init__(self, seeds):
        self.seeds, self.now, self.since = list(seeds), seeds[0], time.monotonic()
        self.is_over = False
        self.receiver, sender = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(target=work, args=(self.seeds, sender))
        self.process.start()
        sender.close()

    def look(self):
        """Yield ``(seed, way, outcome, seconds)`` of what is through; ends what takes too long."""
        fault = None
        try:
            while self.seeds and self.receiver.poll():
                seed, way, outcome, seconds = self.receiver.recv()
                if outcome:
                    self.seeds.remove(seed)
                    yield seed, way, outcome, seconds
                else:
                    self.now, self.since = seed, time.monotonic()
        except EOFError:
            fault = "the process died"
        if self.seeds and not fault and time.monotonic() - self.since > PATIENCE:
            self.process.kill()
            fault = f"not through in {PATIENCE} s"
        if fault:
            self.process.join()
            if self.process.exitcode == -signal.SIGPROF:
                fault = f"not through in {SECONDS} s of the processor"
            self.seeds.remove(self.now)
            yield self.now, make_file(self.now)[0], f"BROKEN: {fault}", SECONDS
        if fault or not self.seeds:
            self.process.join()
            self.is_over = True


def run(count, first, workers=2):
    """Read ``count`` files from seed ``first`` on; return ``(outcomes, broken, slowest)``."""
    outcomes, broken, slowest = collections.Counter(), [], (0, None, None)
    waiting = [
        range(start, min(start + SLICE, first + count))
        for start in range(first, first + count, SLICE)
    ][::-1]
    at_work = []
    while waiting or at_work:
        while waiting and len(at_work) < workers:
            at_work.append(Slice(waiting.pop()))
        for one in list(at_work):
            for seed, way, outcome, seconds in one.look():
                slowest = max(slowest, (seconds, seed, way))
                outcomes[outcome.partition("\n")[0]] += 1
                if outcome.startswith("BROKEN"):
                    broken.append((seed, way, outcome))
                    print(f"seed {seed}, {way}: {outcome}", flush=True)
            if one.is_over:
                at_work.remove(one)
                if one.seeds:
                    waiting.append(one.seeds)
        time.sleep(0.02)
    return outcomes, broken, slowest


def main():
    count, first = (int(word) for word in [*sys.argv[1:], "10000", "1"][:2])
    if len(sys.argv) == 2:
        first = 1
    started = time.monotonic()
    outcomes, broken, (seconds, seed, way) = run(count, first)
    for outcome, number in outcomes.most_common():
        print(f"{number:7}  {outcome}")
    print(f"{sum(outcomes.values()):7}  files, seeds {first} to {first + count - 1}")
    print(
        f"slowest: {seconds:.1f} s, seed {seed}, {way}; in all {time.monotonic() - started:.0f} s"
    )
    return 1 if broken or sum(outcomes.values()) != count else 0


if __name__ == "__main__":
    sys.exit(main())
