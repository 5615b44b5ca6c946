from contextlib import contextmanager, suppress
from unittest.mock import patch

import psycopg2

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_scoring.models import crm_lead_offer

from .common import LeadScoringCase


class Killed(BaseException):
    """Ends a run where it stands: no handler of ours catches it."""


@tagged("post_install", "-at_install")
class TestOfferCron(LeadScoringCase):
    """What the cron that offers leads keeps to, a lead a transaction.

    ``tests/e2e`` kills it for real, and locks a lead.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = False
        cls.rule = cls.env["lead.assignment.rule"].create(
            {"name": "All", "team_id": cls.team.id, "method": "round_robin"}
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(crm_lead_offer, "_OFFER_BATCH", 1))

    def _run(self):
        self._run_cron("lead_scoring.ir_cron_offer_leads")
        self.env.invalidate_all()

    def _get_facts(self, leads):
        """Give who was offered what, and how often he was told."""
        told = self.env["mail.message"].search(
            [("model", "=", "crm.lead"), ("res_id", "in", leads.ids), ("partner_ids", "!=", False)]
        )
        return (
            leads.mapped("user_id.name"),
            leads.handover_ids.mapped("state"),
            sorted(told.mapped("res_id")),
        )

    @contextmanager
    def _fail_at(self, broken, error):
        """Have ``error`` raised when ``broken`` is made known; the other leads go on."""
        notify = type(broken)._notify_offer

        def fail(leads, user):
            if leads == broken:
                raise error
            return notify(leads, user)

        with patch.object(type(broken), "_notify_offer", fail):
            yield

    def test_twice_does_the_same_as_once(self):
        leads = self._make_qualified(3)
        self._run()
        once = self._get_facts(leads)

        self._run()

        self.assertEqual(once, (["Ann", "Ben", "Cat"], ["offered"] * 3, leads.ids))
        self.assertEqual(self._get_facts(leads), once)

    def test_killed_run_is_taken_up_where_it_stopped(self):
        leads = self._make_qualified(3)
        commit = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        # not assertRaises(), which would take back what was done before
        with self._fail_at(leads[1], Killed()), commit, suppress(Killed):
            self.env["crm.lead"]._cron_offer_leads()
        self.assertEqual([bool(lead.user_id) for lead in leads], [True, False, False])

        self._run()

        self.assertEqual(
            self._get_facts(leads), (["Ann", "Ben", "Cat"], ["offered"] * 3, leads.ids)
        )

    @mute_logger("odoo.addons.lead_scoring.models.crm_lead_offer")
    def test_bad_lead_stops_nothing_but_its_batch(self):
        leads = self._make_qualified(3)
        good = leads[0] + leads[2]

        with self._fail_at(leads[1], ValueError("bad record")):
            self._run()

        self.assertEqual(self._get_facts(good), (["Ann", "Ben"], ["offered"] * 2, good.ids))
        self.assertFalse(leads[1].user_id or leads[1].handover_ids)
        self._run()
        self.assertEqual(leads[1].user_id, self.user_cat)

    @mute_logger("odoo.addons.lead_scoring.models.crm_lead_offer")
    def test_who_is_at_work_at_the_same_time_stops_nothing_else(self):
        leads = self._make_qualified(2)

        with (
            self._fail_at(leads[0], psycopg2.errors.SerializationFailure()),
            self.assertNoLogs("odoo.addons.lead_scoring.models.crm_lead_offer", "WARNING"),
            self.capture_triggers("lead_scoring.ir_cron_offer_leads") as captured,
        ):
            self._run()

        self.assertEqual((bool(leads[0].user_id), leads[1].user_id), (False, self.user_ann))
        self.assertEqual(len(captured.records), 1)  # to look at the other again, in a minute

    def test_lead_taken_since_the_run_began_is_left_to_its_owner(self):
        leads = self._make_qualified(2)
        notify = type(leads)._notify_offer

        def take_the_other(offered, user):
            leads[1].with_env(offered.env).user_id = self.user_cat
            return notify(offered, user)

        with patch.object(type(leads), "_notify_offer", take_the_other):
            self._run()

        self.assertEqual(leads.mapped("user_id.name"), ["Ann", "Cat"])
        self.assertEqual(leads.handover_ids.mapped("state"), ["offered", "accepted"])

    @mute_logger("odoo.addons.lead_scoring.models.crm_lead_offer")
    def test_old_offer_that_fails_keeps_no_other_from_being_passed_on(self):
        leads = self._make_qualified(2)
        self._run()
        self._travel(hours=24)
        self._run()
        self._travel(hours=48)
        free = type(leads)._free_owner

        def fail(freed, keeper=None):
            if leads[0] in freed:
                raise ValueError("bad record")
            return free(freed, keeper)

        with patch.object(type(leads), "_free_owner", fail):
            self._run()

        self.assertEqual(leads.mapped("user_id.name"), ["Ann", "Cat"])
        self.assertEqual(leads[0].handover_ids.mapped("state"), ["offered"])
        self.assertEqual(leads[1].handover_ids.mapped("state"), ["offered", "expired"])
        self._run()
        self.assertEqual(leads[0].handover_ids.mapped("state"), ["offered", "expired"])

    def test_offer_answered_since_the_run_began_does_not_expire(self):
        leads = self._make_qualified(2)
        self._run()
        self._travel(hours=24)
        self._run()
        self._travel(hours=48)
        free = type(leads)._free_owner

        def accept_the_other(freed, keeper=None):
            other = leads.with_env(freed.env) - freed
            other.with_user(other.user_id).action_accept_handover()
            return free(freed, keeper)

        with patch.object(type(leads), "_free_owner", accept_the_other):
            self._run()

        late, answered = leads.sorted("lifecycle")
        self.assertEqual(answered.handover_ids.mapped("state"), ["accepted"])
        self.assertEqual(
            (answered.user_id, answered.lifecycle), (answered.handover_ids.user_id, "sql")
        )
        self.assertEqual(late.handover_ids.mapped("state"), ["offered", "expired"])

    def test_nothing_waits(self):
        self._run()
        self.assertFalse(self.env["lead.handover"].search_count([("state", "=", "offered")]))
