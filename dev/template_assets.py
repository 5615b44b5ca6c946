"""Makes what the tests' browsers load, once for all databases copied from this one; run by a shell.

A test is rolled back, and the script and style files made for its browser with it: without this,
each test in a browser makes them anew, which takes five times what the test itself does. What one
test alone asks for is left out.
"""

_SCRIPTS_AND_STYLES = (
    "web.assets_web",
    "web.assets_backend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.__assets_tests_call__",
    "web.report_assets_common",
    "lead_followup.assets_booth",
)
_SCRIPTS = ("web.assets_frontend_lazy",)
_STYLES = ("web.assets_frontend", "web.assets_web_print", "mass_mailing.assets_iframe_style")

qweb = env["ir.qweb"]  # noqa: F821  the shell's
for name in _SCRIPTS_AND_STYLES + _SCRIPTS:
    qweb._get_asset_bundle(name, css=False, js=True).js()
for name in _SCRIPTS_AND_STYLES + _STYLES:
    qweb._get_asset_bundle(name, css=True, js=False).css()
env.cr.commit()  # noqa: F821
