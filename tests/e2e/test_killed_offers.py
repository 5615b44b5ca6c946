"""The cron that offers leads: killed at work, and beside somebody who holds a lead."""

import signal
import time

import psycopg2
import pytest
from servers import wait_for
from shells import DATABASE, prepare_empty, query, shell

LEADS = 6
WORLD = f"""
env.company.lead_offer_start_at = False
salesman = env.ref("sales_team.group_sale_salesman")
reps = env["res.users"].create([
    {{"name": name, "login": name, "email": name + "@example.com", "group_ids": [(4, salesman.id)]}}
    for name in ("kill_ann", "kill_ben")])
env["lead.assignment.rule"].search([]).active = False
env["lead.assignment.rule"].create(
    {{"name": "All", "method": "round_robin", "member_ids": [(6, 0, reps.ids)]}})
env["crm.lead"].create([
    {{"name": f"Lead {{number}}", "type": "lead", "lifecycle": "mql", "user_id": False,
      "team_id": False}} for number in range({LEADS})])
env.ref("lead_scoring.ir_cron_offer_leads").active = False
env.cr.commit()
"""
# a lead a transaction, and each long enough to be met at work
OFFER = """
import time
from odoo.addons.lead_scoring.models import crm_lead_offer
crm_lead_offer._OFFER_BATCH = 1
Lead = type(env["crm.lead"])
notify = Lead._notify_offer
def slow(leads, user):
    notify(leads, user)
    time.sleep({seconds})
Lead._notify_offer = slow
env["crm.lead"]._cron_offer_leads()
env.cr.commit()
"""


@pytest.fixture(autouse=True)
def world():
    prepare_empty()
    assert shell(WORLD).wait(120) == 0


def offer(seconds=0):
    return shell(OFFER.format(seconds=seconds))


def facts():
    """Give how many leads, offers and tidings there are for each salesperson."""
    return query(
        """SELECT users.login,
                  (SELECT count(*) FROM crm_lead WHERE user_id = users.id),
                  (SELECT count(*) FROM lead_handover
                    WHERE user_id = users.id AND state = 'offered'),
                  (SELECT count(DISTINCT message.res_id) FROM mail_message AS message
                     JOIN mail_notification AS told ON told.mail_message_id = message.id
                    WHERE told.res_partner_id = users.partner_id AND message.model = 'crm.lead'),
                  (SELECT count(*) FROM mail_notification WHERE res_partner_id = users.partner_id)
             FROM res_users AS users WHERE login LIKE 'kill_%' ORDER BY login"""
    )


def test_killed_run_is_taken_up_by_the_next_and_a_third_adds_nothing():
    process = offer(seconds=1)
    wait_for(lambda: query("SELECT 1 FROM lead_handover HAVING count(*) >= 2"), 120)
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    [(done,)] = query("SELECT count(*) FROM lead_handover")
    assert 2 <= done < LEADS

    assert offer().wait(120) == 0
    once = facts()
    assert offer().wait(120) == 0

    each = LEADS // 2
    assert once == [("kill_ann", *[each] * 4), ("kill_ben", *[each] * 4)]
    assert facts() == once


def test_locked_lead_is_skipped_not_waited_for():
    [(held,)] = query("SELECT min(id) FROM crm_lead WHERE lifecycle = 'mql'")
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM crm_lead WHERE id = %s FOR UPDATE", [held])
        started = time.monotonic()
        assert offer().wait(120) == 0
        waited = time.monotonic() - started
        offered = {row[0] for row in query("SELECT lead_id FROM lead_handover")}

    assert waited < 60
    assert len(offered) == LEADS - 1 and held not in offered
    assert offer().wait(120) == 0
    assert query(f"SELECT count(*) FROM lead_handover WHERE lead_id = {held}") == [(1,)]
