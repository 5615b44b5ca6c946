"""Adds up the tests of several JUnit files; exits 1 if one failed or none ran.

sum_tests.py FILE…
"""

import sys
from xml.etree import ElementTree


def main(paths: list[str]) -> int:
    passed = failed = skipped = 0
    for path in paths:
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            bad = int(suite.get("failures")) + int(suite.get("errors"))
            idle = int(suite.get("skipped"))
            failed += bad
            skipped += idle
            passed += int(suite.get("tests")) - bad - idle
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return int(bool(failed) or not passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
