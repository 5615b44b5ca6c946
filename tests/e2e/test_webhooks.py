"""What docs/api.md says other systems are told of arrives at theirs, whoever makes the change.

Automation rules of Odoo's *Automation Rules* with the action *Send Webhook Notification*, in a
database of its own; a server on loopback listens. The changes are made by the addons' jobs, by
their batches and SQL, by people, and by a mail that comes in.
"""

import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from servers import DATABASE as SERVED
from servers import REPO

DATABASE = f"{SERVED}_hooks"
_RULES = """
def watch(name, model, field, trigger="on_create_or_write", domain="[]"):
    model_id = env["ir.model"]._get_id(model)
    fields = env["ir.model.fields"].search([("model", "=", model), ("name", "=", field)])
    fields.ensure_one()
    rule = env["base.automation"].create({
        "name": name, "model_id": model_id, "trigger": trigger, "filter_domain": domain,
        "trigger_field_ids": [(6, 0, [] if trigger == "on_create" else fields.ids)]})
    rule.action_server_ids = [(0, 0, {
        "name": name, "model_id": model_id, "state": "webhook", "usage": "base_automation",
        "base_automation_id": rule.id, "webhook_url": os.environ["HOOK_URL"],
        "webhook_field_ids": [(6, 0, fields.ids)]})]
import os
watch("temperature", "crm.lead", "temperature", domain="[('temperature', '=', 'hot')]")
watch("lifecycle", "crm.lead", "lifecycle", domain="[('lifecycle', '!=', 'inquiry')]")
watch("closed", "crm.lead", "do_not_contact", domain="[('do_not_contact', '=', True)]")
watch("lead made", "crm.lead", "name", "on_create")
watch("offered", "lead.handover", "state", "on_create")
watch("answered", "lead.handover", "state", domain="[('state', '!=', 'offered')]")
watch("enrolled", "lead.cadence.enrollment", "state", "on_create")
watch("stopped", "lead.cadence.enrollment", "stop_reason", domain="[('stop_reason', '!=', False)]")
made = "('done', 'blocked', 'failed', 'doubtful')"
watch("touch", "lead.touch", "state", domain=f"[('state', 'in', {made})]")
watch("import", "lead.import", "state", domain="[('state', 'in', ('done', 'failed'))]")
env.cr.commit()
"""
_IMPORT = """
import base64
from datetime import timedelta
from odoo import fields
env.ref("base.user_admin").email = "mara@demo.example.com"
last_day = fields.Date.today() - timedelta(days=1)
show = env["lead.trade.show"].create({
    "name": "Expo", "date_begin": last_day, "date_end": last_day, "tz": "America/New_York",
    "country_id": env.ref("base.us").id, "sender_id": env.ref("base.user_admin").id})
rows = ["Name,E-mail,Company,Country,Budget,Role,Time frame,Interest,Lead Rating"]
rows += [f"{name},{name.split()[0].lower()}@{name.split()[1].lower()}.example,{name},United States,"
         + answers for name, answers in {
    "Ann Ample": '"Over $250,000",Final decision maker,0-3 months,Pump P-200,Hot',
    "Bob Best": '"Over $250,000",Final decision maker,0-3 months,Pump P-200,Hot',
    "Cid Cold": 'No budget yet,End user,12+ months,,Cold',
    "Due Dull": 'No budget yet,End user,12+ months,,Cold'}.items()]
job = env["lead.import"].create({"trade_show_id": show.id, "file_name": "four.csv",
    "file": base64.b64encode("\\n".join(rows).encode())})
rep = env["res.users"].with_context(no_reset_password=True).create({
    "name": "Rosa", "login": "rosa", "email": "rosa@demo.example.com",
    "group_ids": [(4, env.ref("sales_team.group_sale_salesman").id)]})
env["lead.assignment.rule"].create({
    "name": "All", "method": "fixed", "member_ids": [(6, 0, rep.ids)]})
env.cr.commit()
job.action_preview()
job.action_import()
env["lead.import"]._cron_run_imports()
env.cr.commit()
env.ref("lead_scoring.ir_cron_offer_leads").method_direct_trigger()
env.cr.commit()
leads = env["crm.lead"].search([("email_normalized", "like", "example")], order="email_from")
ann, bob, cid, due = leads
"""
_PEOPLE = """
ann.with_user(rep).action_accept_handover()
reason = env["lead.return.reason"].search([("destination", "=", "nurture")], limit=1)
env["lead.handover.return"].with_user(rep).create(
    {"lead_id": bob.id, "reason_id": reason.id}).action_return()
env.cr.commit()
"""
_MAIL = """
from odoo.addons.base.models.ir_mail_server import IrMail_Server, MailDeliveryException
mail = ann.touch_ids.mail_id
env["mail.thread"].message_process("crm.lead", f'''From: Ann <ann@ample.example>
To: sales@seller.example.com
Subject: Re: Good to meet you
Message-ID: <1@ample.example>
In-Reply-To: {mail.message_id}
Content-Type: text/plain; charset=utf-8

Yes, send me a quote.
''')
env.cr.commit()

def take_or_refuse(_self, message, *_args, **_kwargs):
    if "cid@" in message["To"]:
        raise MailDeliveryException("Failed", "(550, b'5.1.1 No such user')")
    return message["Message-Id"]

IrMail_Server._connect__ = lambda *_args, **_kwargs: None
IrMail_Server.send_email = take_or_refuse
cid.touch_ids.mail_id.send(auto_commit=True)
due.touch_ids.mail_id.send(auto_commit=True)
env.cr.commit()
"""
_COMES_IN = """
model_id = env["ir.model"]._get_id("crm.lead")
rule = env["base.automation"].create({
    "name": "opted out elsewhere", "model_id": model_id, "trigger": "on_webhook",
    "record_getter": "model.search([('email_normalized', '=', payload['email'])], limit=1)"})
rule.action_server_ids = [(0, 0, {
    "name": "opted out elsewhere", "model_id": model_id, "usage": "base_automation",
    "base_automation_id": rule.id, "state": "code",
    "code": "record.write({'do_not_contact': True})"})]
rule._execute_webhook({"email": "due@dull.example"})
env.cr.commit()
"""


class Hook(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append(json.loads(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def told():
    """What came in: ``[(rule, id, value)…]``, in that order."""
    subprocess.run(["bash", REPO / "dev/template.sh", DATABASE], check=True)
    odoo = REPO / "dev/odoo"
    command = [odoo, "module", "install", "-d", DATABASE, "base_automation"]
    subprocess.run(command, check=True, capture_output=True)
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    listener.posted = []
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    env = {**os.environ, "HOOK_URL": f"http://127.0.0.1:{listener.server_port}/"}
    command = [odoo, "shell", "-d", DATABASE, "--no-http", "--log-level=error"]
    script = _RULES + _IMPORT + _PEOPLE + _MAIL + _COMES_IN
    result = subprocess.run(command, input=script, env=env, capture_output=True, text=True)
    listener.shutdown()
    assert result.returncode == 0, result.stderr[-3000:]
    yield [read(body) for body in listener.posted]
    subprocess.run([odoo, "db", "drop", DATABASE], check=True, capture_output=True)


def read(body):
    [value] = [value for name, value in body.items() if name[0] != "_" and name != "id"]
    return body["_action"].partition("(")[0], body["_id"], value


@pytest.fixture(scope="module")
def id_by_name(told):
    """The leads' ids by first name, as the rule on new leads told them."""
    return {name.split()[0]: lead for rule, lead, name in told if rule == "lead made"}


def values(told, rule):
    return [value for name, _record, value in told if name == rule]


def told_of(told, rule, lead):
    return [value for name, record, value in told if (name, record) == (rule, lead)]


def test_leads_of_an_import_are_told_once_each(told, id_by_name):
    assert len(values(told, "lead made")) == 4
    assert set(id_by_name) == {"Ann", "Bob", "Cid", "Due"}


def test_the_import_s_end_is_told_once(told):
    assert values(told, "import") == ["done"]


def test_a_score_that_passes_a_threshold_is_told(told, id_by_name):
    """By the batch that scores; who stays cold is not heard of."""
    assert told_of(told, "temperature", id_by_name["Ann"]) == ["hot"]
    assert told_of(told, "temperature", id_by_name["Bob"]) == ["hot"]
    assert told_of(told, "temperature", id_by_name["Cid"]) == []
    assert told_of(told, "lifecycle", id_by_name["Cid"]) == []


def test_the_way_to_a_deal_and_back_is_told_step_by_step(told, id_by_name):
    assert told_of(told, "lifecycle", id_by_name["Ann"]) == ["mql", "sql"]
    assert told_of(told, "lifecycle", id_by_name["Bob"]) == ["mql", "nurture"]


def test_offers_and_what_came_of_them_are_told(told):
    assert values(told, "offered") == ["offered", "offered"]
    assert values(told, "answered") == ["accepted", "returned"]


def test_who_is_in_a_cadence_and_why_it_stopped_is_told(told):
    assert len(values(told, "enrolled")) >= 4
    assert "replied" in values(told, "stopped")


def test_touches_are_told_made_and_failed(told):
    assert sorted(values(told, "touch")) == ["done", "failed"]


def test_what_another_system_tells_is_told_on(told, id_by_name):
    assert told_of(told, "closed", id_by_name["Due"]) == [True]
    assert told_of(told, "closed", id_by_name["Cid"]) == []
    assert values(told, "stopped")[-1] == "do_not_contact"
