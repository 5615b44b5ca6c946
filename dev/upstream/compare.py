"""Compares what Odoo's tests said without our addons and with them.

compare.py summary SUITE LOG_CORE LOG_OURS [AGAIN_CORE AGAIN_OURS]
    prints a row of the table for each module, then each test that came out otherwise; exits 1 if
    one did. A test that differs and was run again counts as it came out the second time.
compare.py differing LOG_CORE LOG_OURS
    prints the tests that came out otherwise, as one --test-tags; nothing if none did.
"""

import re
import sys
from collections import Counter

_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ "
    r"(?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): (?P<text>.*)$"
)
_STARTING = re.compile(r"^Starting (?P<test>\S+) \.\.\.")
_SKIPPED = re.compile(r"^skipped (?P<test>\S+) : ")
_BAD = re.compile(r"^(?P<flavour>FAIL|ERROR): (?P<test>.*)$")
_SUBTEST = re.compile(r"^Subtest (?P<test>\S+) ")
_SET_UP = re.compile(r"^(?P<what>setUpClass|tearDownClass) \((?P<where>[\w.]+)\)")
_SUMS = ("odoo.tests.result", "odoo.modules.loading")  # tell at the end how many failed
_TEST_MODULE = re.compile(r"^odoo\.addons\.(?P<module>\w+)\.tests\.")


def read_outcomes(lines) -> dict[str, str]:
    """Return ``{module:Class.method: passed|failed|error|skipped|noisy}`` of a server's log.

    *noisy* is a test that passed while something else wrote an error into the log: Odoo's own
    judges count that as a failure too.

    >>> head = "2026-01-02 03:04:05,678 12 "
    >>> read_outcomes([
    ...     head + "INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_one ... ",
    ...     head + "INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_two ... ",
    ...     head + "ERROR db odoo.addons.crm.tests.test_a: FAIL: Subtest TestA.test_two (x=1)",
    ...     head + "INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_3 ... ",
    ...     head + "ERROR db odoo.sql_db: bad query: SELECT",
    ...     head + "ERROR db odoo.tests.result: 1 failed, 0 error(s) of 3 tests",
    ... ])
    {'crm:TestA.test_one': 'passed', 'crm:TestA.test_two': 'failed', 'crm:TestA.test_3': 'noisy'}
    """
    outcomes = {}
    current = None
    for line in lines:
        if not (found := _LINE.match(line)):
            continue
        text, module = found["text"], _TEST_MODULE.match(found["logger"])
        if module and (said := _STARTING.match(text)):
            current = f"{module['module']}:{said['test']}"
            outcomes[current] = "passed"
        elif module and (said := _SKIPPED.match(text)):
            outcomes[f"{module['module']}:{said['test']}"] = "skipped"
        elif found["level"] not in ("ERROR", "CRITICAL") or found["logger"] in _SUMS:
            continue
        elif said := _BAD.match(text):
            outcome = {"FAIL": "failed", "ERROR": "error"}[said["flavour"]]
            outcomes[_name(said["test"], module, current)] = outcome
        elif current and outcomes.get(current) == "passed":
            outcomes[current] = "noisy"
    return outcomes


def _name(said, module, current):
    """Return the test a failure belongs to: a method, or the setting up of a class."""
    if set_up := _SET_UP.match(said):
        where = _TEST_MODULE.match(set_up["where"])
        return f"{where['module'] if where else '?'}:{set_up['where'].split('.')[-1]}.*"
    if subtest := _SUBTEST.match(said):
        said = subtest["test"]
    return f"{module['module']}:{said}" if module else current or said


def read_log(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return read_outcomes(file)


def find_differences(core, ours):
    """Return ``{test: (outcome without ours, outcome with ours)}`` of those that differ.

    >>> find_differences({"crm:A.a": "passed", "crm:A.b": "failed"}, {"crm:A.a": "failed"})
    {'crm:A.a': ('passed', 'failed'), 'crm:A.b': ('failed', 'not run')}
    """
    return {
        test: pair
        for test in sorted(core.keys() | ours.keys())
        if len(set(pair := (core.get(test, "not run"), ours.get(test, "not run")))) == 2
    }


def _as_tags(tests):
    tags = []
    for test in tests:
        module, name = test.split(":")
        class_name, method = name.rsplit(".", 1)
        tags.append(f"/{module}:{class_name}" + ("" if method == "*" else f".{method}"))
    return ",".join(tags)


def _told(outcomes):
    counts = Counter(outcomes.values())
    bad = counts["failed"] + counts["error"] + counts["noisy"]
    return f"{len(outcomes):>6}{counts['passed']:>8}{bad:>5}{counts['skipped']:>6}"


def summarize(suite, core, ours, again_core, again_ours):
    """Print a row a module and what differs; return 1 if something does, or nothing was run."""
    differences = find_differences({**core, **again_core}, {**ours, **again_ours})
    module_of = {test: test.split(":")[0] for test in core.keys() | ours.keys()}
    for module in sorted(set(module_of.values())):
        sides = [_only(module, outcomes) for outcomes in (core, ours, again_core)]
        differ = sum(test.startswith(f"{module}:") for test in differences)
        named = any(part.endswith(f"/{module}") for part in suite.split("+"))
        label = module if named else f"{suite}: {module}"
        rerun = f"   {len(sides[2])} run again" if sides[2] else ""
        print(f"{label:<28}{_told(sides[0])}  {_told(sides[1])}  {differ:>6}{rerun}")
    for test, (without, with_ours) in differences.items():
        print(f"    {test}: {without} without ours, {with_ours} with")
    if not core:
        print(f"{suite:<28}  no test was run")
    return int(bool(differences) or not core)


def _only(module, outcomes):
    return {test: said for test, said in outcomes.items() if test.startswith(f"{module}:")}


def main(what, *rest):
    if what == "differing":
        print(_as_tags(find_differences(*map(read_log, rest))))
        return 0
    suite, *logs = rest
    read = [read_log(path) for path in logs] + [{}] * (4 - len(logs))
    return summarize(suite, *read)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
