"""Our screens can be used with a screen reader, by the keys and with weak eyes: axe-core says so.

What Odoo's own screens have as well is Odoo's: the same rule, on the same kind of element or the
same pair of colours. One server, one browser, one page for all screens.
"""

import json
import subprocess

import pytest
from axe import find_faults
from servers import DATABASE, REPO

_MAKE_WORLD = """
import base64, json, time
show = env["lead.trade.show"].create({
    "name": "Usable Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19",
    "country_id": env.ref("base.us").id, "tz": "America/Los_Angeles"})
text = "First Name,Last Name,Company,Email,Phone,Notes\\n" + "".join(
    f"Ann{n},Usable,Usable {n},ann{n}@usable.example,+1202555014{n},Call me\\n" for n in range(3))
vals = {"trade_show_id": show.id, "file_name": "usable.csv",
        "file": base64.b64encode(text.encode()).decode()}
done = env["lead.import"].create(vals)
done.action_preview()
done.action_import()
env.cr.commit()
for _turn in range(240):  # the server's own job does it
    env.cr.rollback()
    if done.state == "done":
        break
    time.sleep(0.25)
leads = done.row_ids.lead_id
env["crm.lead"]._record_answers(
    {lead: {"budget": "gt250k", "authority": "decision_maker"} for lead in leads}, "Test")
leads.user_id = env.ref("base.user_admin")
leads._update_scores()
judged = env["lead.import"].create({**vals, "file_name": "usable_two.csv", "file":
    base64.b64encode(text.replace("usable.example", "two.example").encode()).decode()})
judged.action_preview()
lead = leads[0]
lead.activity_schedule("mail.mail_activity_data_call", user_id=env.ref("base.user_admin").id)
plan = env["lead.plan"].search([], limit=1) or env["lead.plan"].create({
    "name": "Usable plan", "target_revenue": 100000})
links = env["lead.public.link"]
cadence = env.ref("lead_followup.lead_cadence_trade_show")
env.cr.commit()
print("WORLD", json.dumps({
    "show": show.id, "lead": lead.id, "done": done.id, "judged": judged.id, "plan": plan.id,
    "cadence": cadence.id,
    "poster": links._get_for("poster", show)[show].url,
    "details": lead._get_details_url(),
    "opt_out": lead._get_opt_out_url(lead.email_normalized)}))
env.cr.commit()
"""
_DO = """([action, options]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
    action, {clearBreadcrumbs: true, ...options})"""
# What moves is half transparent for a moment.
_STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
# The colours that Odoo gives to muted text and to badges, on its two backgrounds.
_PALETTE = "".join(
    f'<div class="{ground}"><p class="text-muted">Muted</p>'
    + "".join(
        f'<span class="badge rounded-pill text-bg-{kind}">Badge</span>'
        for kind in ("success", "info", "warning", "danger", "secondary")
    )
    + "</div>"
    for ground in ("bg-view", "")
)
_BREATH = 150  # milliseconds in which a tab draws what is on it
_LEADS = "crm.crm_lead_all_leads"
_OF_ODOO = (
    ("res.partner", "kanban"),
    ("res.partner", "list"),
    ("res.users", "list"),
    ("crm.team", "kanban"),
    ("crm.lost.reason", "list"),
    ("crm.activity.report", "graph"),
    ("crm.activity.report", "pivot"),
    ("mailing.mailing", "kanban"),
    ("calendar.event", "list"),
)
_OF_ODOO_FORMS = ("res.partner", "res.users", "crm.team", "mailing.mailing", "utm.campaign")


@pytest.fixture(scope="module")
def world(server):
    command = [REPO / "dev/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=error"]
    said = subprocess.run(command, input=_MAKE_WORLD, capture_output=True, text=True, timeout=180)
    lines = [line for line in said.stdout.splitlines() if "WORLD " in line]
    assert lines, said.stderr[-3000:]
    return json.loads(lines[0].split("WORLD ", 1)[1])


class Desk:
    """The web client of an administrator, who goes from screen to screen without loading anew."""

    def __init__(self, browser, url):
        self.url = url
        self.context = browser.new_context(viewport={"width": 1366, "height": 768})
        self.page = self.context.new_page()
        self.page.goto(f"{url}/web/login?db={DATABASE}")
        self.page.fill("input[name=login]", "admin")
        self.page.fill("input[name=password]", "admin")
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_web_client .o_action_manager > *")
        self.page.add_style_tag(content=_STILL)

    def open(self, action, wait, **options):
        """Open ``action`` (an XML id or a dict), with its records, and wait for ``wait``."""
        self.page.evaluate(_DO, [action, options])
        self.page.wait_for_selector(wait)
        self.page.wait_for_timeout(_BREATH)

    def open_view(self, action, view):
        self.open(action, f".o_action_manager .o_{view}_view", viewType=view)

    def open_model(self, model, view):
        action = {"type": "ir.actions.act_window", "name": model, "res_model": model}
        self.open({**action, "views": [[False, view]]}, f".o_action_manager .o_{view}_view")

    def open_form(self, model, record_id, wait=".o_form_view"):
        action = {"type": "ir.actions.act_window", "name": model, "res_model": model}
        self.open({**action, "res_id": record_id, "views": [[False, "form"]]}, wait)

    def open_tabs(self):
        """Yield the name of each tab of the form, shown."""
        for tab in self.page.query_selector_all(".o_form_view .o_notebook .nav-link"):
            tab.click()
            self.page.wait_for_timeout(_BREATH)
            yield tab.get_attribute("name")


@pytest.fixture(scope="module")
def desk(browser, server):
    made = Desk(browser, server.url)
    yield made
    made.context.close()


@pytest.fixture(scope="module")
def of_odoo(desk, server):
    """``{(rule, kind)}`` of the faults that Odoo's own screens have."""
    faults = []
    for model, view in _OF_ODOO:
        desk.open_model(model, view)
        faults += find_faults(desk.page)
    for model in _OF_ODOO_FORMS:
        [record_id] = server.rpc(model, "search", [], limit=1) or [False]
        desk.open_form(model, record_id)
        faults += find_faults(desk.page)
        for _tab in desk.open_tabs():
            faults += find_faults(desk.page)
    desk.open_model("res.partner", "list")
    desk.page.eval_on_selector(
        ".o_content", "(place, html) => place.insertAdjacentHTML('afterbegin', html)", _PALETTE
    )
    faults += find_faults(desk.page)
    return {(fault["rule"], fault["kind"]) for fault in faults}


def name_ours(faults, of_odoo):
    """Return the faults that Odoo's screens don't have, one a line."""
    return sorted(
        {
            f"{fault['rule']} [{fault['kind']}] {fault['target']}: {fault['html']}"
            for fault in faults
            if (fault["rule"], fault["kind"]) not in of_odoo
        }
    )


@pytest.mark.parametrize(
    ("action", "view"),
    [
        (_LEADS, "list"),
        (_LEADS, "kanban"),
        ("crm.crm_lead_action_pipeline", "kanban"),
        ("lead_scoring.crm_lead_action_offered", "kanban"),
        ("lead_scoring.crm_lead_action_waiting", "list"),
        ("lead_scoring.lead_first_step_action", "list"),
        ("lead_scoring.lead_first_step_action", "kanban"),
        ("lead_scoring.lead_score_rule_action", "list"),
        ("lead_scoring.lead_qualification_action", "pivot"),
        ("lead_followup.crm_lead_action_first_contact", "list"),
        ("lead_followup.lead_trade_show_action", "kanban"),
        ("lead_followup.lead_import_action", "list"),
        ("lead_followup.lead_import_row_action", "list"),
        ("lead_followup.lead_touch_action", "list"),
        ("lead_followup.lead_cadence_action", "list"),
        ("lead_followup.lead_letter_action", "list"),
        ("lead_followup.lead_touch_report_action", "pivot"),
        ("lead_nurture.lead_funnel_report_action", "graph"),
        ("lead_nurture.lead_funnel_report_action", "pivot"),
        ("lead_nurture.lead_plan_action", "list"),
        ("lead_nurture.lead_health_check_action", "list"),
        ("lead_nurture.lead_health_check_action", "kanban"),
        ("lead_nurture.lead_recycle_action", "list"),
    ],
)
def test_a_screen_of_records_is_usable(desk, world, of_odoo, action, view):
    desk.open_view(action, view)

    assert name_ours(find_faults(desk.page), of_odoo) == []


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("crm.lead", "lead"),
        ("lead.import", "done"),
        ("lead.import", "judged"),
        ("lead.trade.show", "show"),
        ("lead.cadence", "cadence"),
        ("lead.plan", "plan"),
    ],
)
def test_a_form_is_usable_tab_by_tab(desk, world, of_odoo, model, name):
    desk.open_form(model, world[name])
    faults = find_faults(desk.page)

    for _tab in desk.open_tabs():
        faults += find_faults(desk.page)

    assert name_ours(faults, of_odoo) == []


def test_the_question_before_an_import_is_usable(desk, world, of_odoo):
    desk.open_form("lead.import", world["judged"])

    desk.page.click("button[name=action_ask_import]:visible")
    desk.page.wait_for_selector(".modal button[name=action_import]")

    faults = find_faults(desk.page, ".modal")
    desk.page.click(".modal .btn-close")

    assert name_ours(faults, of_odoo) == []


@pytest.mark.parametrize(
    ("action", "wait"),
    [
        ("lead_followup.lead_call_queue_action", ".o_lead_call_queue_body"),
        ("lead_scoring.lead_score_audit_action", ".o_score_audit"),
    ],
)
def test_a_page_of_our_own_is_usable(desk, world, of_odoo, action, wait):
    desk.open(action, wait)

    assert name_ours(find_faults(desk.page), of_odoo) == []


def test_the_scorecard_of_a_show_is_usable(desk, world, of_odoo):
    desk.open_form("lead.trade.show", world["show"])

    desk.page.click("button[name=action_open_scorecard]:visible")
    desk.page.wait_for_selector(".o_show_scorecard_action")

    assert name_ours(find_faults(desk.page), of_odoo) == []


def test_our_settings_are_usable(desk, world, of_odoo):
    desk.open("crm.crm_config_settings_action", "#lead_scoring_enabled_0")

    assert name_ours(find_faults(desk.page), of_odoo) == []


@pytest.mark.parametrize("name", ["poster", "details", "opt_out", "letter", "booth"])
def test_a_page_without_odoo_round_it_is_usable(desk, world, name):
    paths = {"letter": f"{desk.url}/l", "booth": f"{desk.url}/lead/booth/{world['show']}"}
    address = paths.get(name) or desk.url + "/" + world[name].split("/", 3)[3]
    page = desk.context.new_page()

    page.goto(address)
    page.wait_for_load_state()
    faults = find_faults(page)
    page.close()

    assert name_ours(faults, set()) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ('<button class="fa fa-check planted"></button>', "button-name"),
        ('<span style="color: #aab; background: #fff">Hard to read</span>', "color-contrast"),
        ('<input class="planted"/>', "label"),
    ],
)
def test_a_fault_of_ours_is_found(desk, of_odoo, planted, rule):
    desk.open_view("lead_scoring.lead_first_step_action", "kanban")

    desk.page.eval_on_selector(
        ".o_kanban_record", "(card, html) => card.insertAdjacentHTML('beforeend', html)", planted
    )

    assert {line.split()[0] for line in name_ours(find_faults(desk.page), of_odoo)} == {rule}


def test_what_odoo_has_as_well_is_odoo_s():
    fault = {"rule": "label", "kind": "input.o_input", "target": "input", "html": "<input>"}

    assert name_ours([fault], {("label", "input.o_input")}) == []
    assert len(name_ours([fault], {("label", "input.form-control")})) == 1
    assert len(name_ours([fault], {("button-name", "input.o_input")})) == 1
