"""Tells what pip-audit found: ``read_audit.py REPORT``, which is its JSON.

Exits 1 if a package has a known fault. A package that the list of faults does not know counts as
not audited: a mirror of packages alone knows none of them.
"""

import json
import sys


def tell(report) -> tuple[int, list[str]]:
    """Return ``(exit code, sentences)`` of what pip-audit reports.

    >>> known = {"name": "alpha", "version": "1.0", "vulns": []}
    >>> fault = {"id": "X-1", "fix_versions": ["2.1"]}
    >>> faulty = {"name": "beta", "version": "2.0", "vulns": [fault]}
    >>> unknown = {"name": "gamma", "skip_reason": "not found"}
    >>> tell({"dependencies": [known]})
    (0, ['1 of 1 packages were audited', 'no known faults'])
    >>> code, sentences = tell({"dependencies": [known, faulty, unknown]})
    >>> code
    1
    >>> for sentence in sentences: print(sentence)
    2 of 3 packages were audited, and the list of faults does not know: gamma
    beta 2.0: X-1, mended in 2.1
    >>> tell({"dependencies": [unknown]})[1]  # doctest: +NORMALIZE_WHITESPACE
    ['the list of faults that can be reached from here knows none of the 1 packages, so nothing was
      audited. Run it where a network reaches one.']
    """
    packages = report["dependencies"]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        return 0, [
            "the list of faults that can be reached from here knows none of the "
            f"{len(packages)} packages, so nothing was audited. Run it where a network reaches one."
        ]
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}, "
        f"mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in packages
        for fault in package.get("vulns", ())
    ]
    audited = f"{len(packages) - len(unknown)} of {len(packages)} packages were audited"
    if unknown:
        audited += f", and the list of faults does not know: {', '.join(unknown)}"
    return int(bool(faults)), [audited, *(faults or ["no known faults"])]


def main(path):
    with open(path, encoding="utf-8") as file:
        code, sentences = tell(json.load(file))
    for sentence in sentences:
        print(f"· {sentence}")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
