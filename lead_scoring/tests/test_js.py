from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

_SUITE = "@lead_scoring"


def hoot_id(name):
    """Give the id by which Hoot knows the suite ``name``.

    Source: ``HOOTCommon._generate_hash`` of Odoo's ``web/tests/test_js.py``, whose class brings
    tests of its own.
    """
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestComponents(HttpCase):
    """This addon's tests of components, of all that the page of Odoo's tests holds."""

    @no_retry
    def test_components_on_desktop(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id(_SUITE)}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
