"""An import undone while another process is writing a chunk of it."""

import pytest
from servers import wait_for
from shells import prepare, query, shell

# Writes two rows a chunk; the second is written and not kept before somebody has tried to undo.
_RUN_SLOWLY = """
import time
model = type(env["lead.import"])
model._CHUNK = 2
rows = type(env["lead.import.row"])
keep, chunks = rows._keep_state_after, []

def keep_slowly(self):
    chunks.append(self)
    if len(chunks) == 2:
        with env.registry.cursor() as cr:
            cr.execute("CREATE TABLE chunk_is_open ()")
        for _second in range(240):
            time.sleep(1)
            with env.registry.cursor() as cr:
                cr.execute("SELECT 1 FROM pg_class WHERE relname = 'answers'")
                if cr.rowcount:
                    break
    return keep(self)

rows._keep_state_after = keep_slowly
env["lead.import"]._cron_run_imports()
env.cr.commit()
"""
# As the web client does: begun anew where the database asks for it.
_PAUSE_AND_UNDO = """
from odoo.exceptions import UserError
from odoo.service.model import retrying
job = env["lead.import"].search([])
job.action_pause()
env.cr.commit()
job.invalidate_recordset()
try:
    retrying(job.action_undo, env)
    answer = "undone"
except UserError as error:
    env.cr.rollback()
    answer = str(error).replace("'", "")
env.cr.execute("CREATE TABLE IF NOT EXISTS answers (text varchar)")
env.cr.execute("INSERT INTO answers VALUES (%s)", [answer])
env.cr.commit()
"""


@pytest.fixture(scope="module")
def answers():
    """What the two undos are answered: one in the middle of a chunk, one after it was kept."""
    prepare()
    runner = shell(_RUN_SLOWLY)
    wait_for(lambda: query("SELECT 1 FROM pg_class WHERE relname = 'chunk_is_open'"), 120)
    assert shell(_PAUSE_AND_UNDO).wait(120) == 0
    [state] = query("SELECT state FROM lead_import")
    assert runner.wait(120) == 0
    leads = query("SELECT count(*) FROM crm_lead")
    assert shell(_PAUSE_AND_UNDO).wait(120) == 0
    return [text for (text,) in query("SELECT text FROM answers")], state, leads


def test_in_the_middle_of_a_chunk_one_is_told_to_wait(answers):
    texts, state, leads = answers

    assert "is being written right now" in texts[0]
    assert state == ("paused",)
    assert leads == [(4,)]  # the chunk was kept: two of the first, two of the second


def test_afterwards_nothing_of_any_chunk_is_left(answers):
    assert answers[0][1] == "undone"
    assert query("SELECT state FROM lead_import") == [("undone",)]
    counted = "SELECT (SELECT count(*) FROM crm_lead), (SELECT count(*) FROM lead_show_visit)"
    assert query(counted) == [(0, 0)]
