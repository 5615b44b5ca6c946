"""A server killed in mid import, and what the next one makes of it."""

import signal

import pytest
from servers import wait_for
from shells import RUN_IMPORT, prepare, query, shell


def facts():
    """What an import leaves behind, in figures."""
    [state] = query("SELECT state, new_count, duplicate_count, rejected_count FROM lead_import")
    [counts] = query(
        """SELECT (SELECT count(*) FROM crm_lead), (SELECT count(*) FROM lead_show_visit),
                  (SELECT count(*) FROM lead_event WHERE kind = 'scan'),
                  (SELECT count(*) FROM lead_cadence_enrollment),
                  (SELECT count(*) FROM lead_touch WHERE state = 'queued'),
                  (SELECT count(*) FROM mail_mail WHERE state = 'outgoing'),
                  (SELECT count(DISTINCT email_normalized) FROM crm_lead)"""
    )
    return state, counts


def import_file(chunk=500, kill_at=None):
    """Import the file into a fresh database; killed once ``kill_at`` rows are done, then go on."""
    prepare()
    process = shell(RUN_IMPORT.format(chunk=chunk))
    if kill_at is not None:
        done = f"SELECT 1 FROM lead_import_row WHERE is_done HAVING count(*) >= {kill_at}"
        wait_for(lambda: query(done), 120)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
        assert query("SELECT state FROM lead_import") == [("running",)]
        process = shell(RUN_IMPORT.format(chunk=chunk))
    assert process.wait(120) == 0
    return facts()


@pytest.fixture(scope="module")
def undisturbed():
    return import_file()


def test_undisturbed_run_comes_to_the_expected_leads(undisturbed):
    state, counts = undisturbed

    assert state == ("done", 47, 3, 2)
    assert counts[:3] == (47, 47, 47)


@pytest.mark.parametrize("kill_at", [3, 25])
def test_a_killed_run_ends_where_an_undisturbed_one_does(undisturbed, kill_at):
    assert import_file(chunk=2, kill_at=kill_at) == undisturbed
