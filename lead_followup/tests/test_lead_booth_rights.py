import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase

ANN = {"key": "ann", "name": "Ann Ample", "email": "ann@ample.example"}


@tagged("post_install", "-at_install")
class TestLeadBoothRights(CaptureCase, HttpCase):
    """What a program asks the booth for over the network, in the name of whom it may not."""

    def setUp(self):
        super().setUp()
        self.company = self.env["res.company"].create({"name": "Other"})
        self.elsewhere = self._make_show(name="Other's", company_id=self.company.id)
        salesman = "base.group_user,sales_team.group_sale_salesman"
        self.foreigner = new_test_user(
            self.env,
            "foreign_booth",
            groups=salesman,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.portal = new_test_user(self.env, "portal_rpc_booth", groups="base.group_portal")
        self.salesman = new_test_user(self.env, "own_booth", groups=salesman)
        self.known = self._make_lead(email_from="ann@ample.example", user_id=self.salesman.id)
        self.theirs = self._make_lead(
            email_from="cy@cole.example", company_id=self.company.id, contact_name="Cy Cole"
        )

    def _call(self, user, model, method, *args):
        """Return what an RPC of ``user`` gives: ``(result, name of the error)``."""
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": list(args), "kwargs": {}}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            answer = self.url_open(
                "/web/dataset/call_kw",
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            ).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name")

    def test_who_may_not(self):
        cases = [
            (self.portal, self.show),
            (self.foreigner, self.show),
            (self.salesman, self.elsewhere),
        ]
        for user, show in cases:
            for method, sent in (
                ("find_known", ANN),
                ("find_known_many", [ANN]),
                ("capture", [ANN]),
                ("get_setup", None),
            ):
                with self.subTest(user=user.login, method=method):
                    args = [show.id] if sent is None else [show.id, sent]
                    result, error = self._call(user, "lead.booth", method, *args)
                    self.assertIsNone(result)
                    self.assertEqual(error, "odoo.exceptions.AccessError")
        self.assertFalse(self._get_day())

    def test_who_may(self):
        found, error = self._call(self.salesman, "lead.booth", "find_known", self.show.id, ANN)
        self.assertEqual((found["known"], found["lead_id"], error), (True, self.known.id, None))
        [answer], _error = self._call(self.salesman, "lead.booth", "capture", self.show.id, [ANN])
        self.assertEqual(answer["lead_id"], self.known.id)

    def test_another_company_s_people_are_strangers(self):
        cy = {"key": "cy", "name": "Cy Cole", "email": "cy@cole.example"}
        found, _error = self._call(self.salesman, "lead.booth", "find_known", self.show.id, cy)
        self.assertFalse(found["known"])

        self._call(self.salesman, "lead.booth", "capture", self.show.id, [cy])
        self.assertFalse(self.theirs.visit_ids)

    def test_the_door_behind_is_no_method_to_call(self):
        for method in ("_capture", "_write_fresh", "_find_corrected"):
            with self.subTest(method):
                result, error = self._call(
                    self.user_marketing, "lead.import", method, [ANN], "booth"
                )
                self.assertIsNone(result)
                self.assertEqual(error, "odoo.exceptions.AccessError")
        self.assertFalse(self._get_day())
