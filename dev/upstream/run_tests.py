"""Odoo's own command line, with a say in when a test runs.

Odoo runs a test marked ``at_install`` only while its module is installed or updated, when no addon
that depends on it is loaded yet. UPSTREAM_WHEN says otherwise:

- ``loaded``: every test named by --test-tags at the end, with all addons in the registry;
- ``updating``: only those marked ``at_install``, each while its module is updated (wants -u).
"""

import os
import sys

import odoo.cli
from odoo.tests import loader
from odoo.tests.suite import OdooSuite

_make_suite = loader.make_suite


def _make_suite_of_both(module_names, position="at_install"):
    names = list(module_names)
    if os.environ["UPSTREAM_WHEN"] == "updating":
        return _make_suite(names, position) if position == "at_install" else OdooSuite([])
    if position == "at_install":
        return OdooSuite([])
    tests = [*_make_suite(names, "at_install"), *_make_suite(names, "post_install")]
    order = {test.id(): test for test in tests}  # one marked both ways runs once
    return OdooSuite(sorted(order.values(), key=lambda test: getattr(test, "test_sequence", 0)))


if __name__ == "__main__":
    if os.environ.get("UPSTREAM_WHEN") not in ("loaded", "updating"):
        sys.exit("UPSTREAM_WHEN is loaded or updating.")
    loader.make_suite = _make_suite_of_both
    odoo.cli.main()
