from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .public_common import PublicFormMixin
from .referral_common import LeadReferralCase
from .test_lead_public_poster import VISITOR

BEN = {"name": "Ben Bold", "email": "ben@bold.example", "phone": "", "note": "", "consent": "1"}


@tagged("post_install", "-at_install")
class TestLeadPublicPost(PublicFormMixin, LeadReferralCase, HttpCase, CronMixinCase):
    """A form is kept and answered; what follows from it comes after the answer, and is not lost."""

    def setUp(self):
        super().setUp()
        self.poster = self.show._get_poster_link()
        self.referral = self._make_referral()
        self.env["lead.public.attempt"].search([]).unlink()
        self.posts = self.env["lead.public.post"]
        self.assertFalse(self.posts.search([]))

    def _post(self, link, data):
        """Send the form in, and nothing more; return how many queries the answer took."""
        hidden = self._read_hidden(self._open(link).text)
        hidden.pop("answer", None)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        answer = self.url_open(self._get_path(link), data={**hidden, **data})
        self.assertEqual(answer.status_code, 200, answer.text[:1000])
        return self.env.cr.sql_log_count - before

    def _find(self, email):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def test_the_answer_costs_the_same_whether_we_know_the_address(self):
        self._make_lead(email_from="known@visitor.example")
        for link, data in ((self.poster, VISITOR), (self.referral.link_id, BEN)):
            with self.subTest(link.kind):
                emails = ("warm@x.example", "new@visitor.example", "known@visitor.example")
                _warm, new, known = (self._post(link, {**data, "email": email}) for email in emails)
                self.assertEqual(new, known)
                # keeping it is a part of what making a lead takes
                self.assertFalse(self._find("new@visitor.example"))
                self._receive_forms()
                self.assertTrue(self._find("new@visitor.example"))
                self._find("new@visitor.example").unlink()

    def test_what_was_kept_wakes_the_background_and_goes_with_what_it_asks_for(self):
        cron = self.env.ref("lead_followup.ir_cron_receive_forms")
        with self.capture_triggers(cron.id) as triggers:
            self._post(self.poster, VISITOR)
        self.assertTrue(triggers.records)
        self.assertEqual(len(self.posts.search([])), 1)

        self._receive_forms()
        self._receive_forms()

        self.assertEqual(len(self._find(VISITOR["email"])), 1)
        self.assertFalse(self.posts.search([]))

    def test_one_that_fails_is_kept_and_holds_back_no_other(self):
        self._post(self.poster, VISITOR)
        self._post(self.poster, {**VISITOR, "email": "next@visitor.example"})
        jobs = type(self.env["lead.import"])
        capture = jobs._capture

        def fail_once(model, records, *args, **kwargs):
            if records[0]["email"] == VISITOR["email"]:
                raise ValueError("broken")
            return capture(model, records, *args, **kwargs)

        logged = "odoo.addons.lead_followup.models.lead_public_post"
        with patch.object(jobs, "_capture", fail_once), mute_logger(logged):
            self._receive_forms()
        self.assertEqual(len(self.posts.search([])), 1)
        self.assertTrue(self._find("next@visitor.example"))
        self.assertFalse(self._find(VISITOR["email"]))
        held = self.posts.search([])
        self.assertTrue(held.is_held and held.failed_at and held.failure)
        told = self.show.message_ids.filtered(lambda note: "not be taken in" in note.body)
        self.assertEqual(told.partner_ids, self.user_marketing.partner_id)

        self._receive_forms()
        self.assertFalse(self._find(VISITOR["email"]))
        held.with_user(self.user_marketing).action_let_in()
        self._receive_forms()
        self.assertTrue(self._find(VISITOR["email"]))
        self.assertFalse(self.posts.search([]))

    def test_one_that_was_crossed_is_tried_again(self):
        self._post(self.poster, VISITOR)
        cron = self.env.ref("lead_followup.ir_cron_receive_forms")

        def cross(*_args, **_kwargs):
            raise ConcurrencyError("somebody was quicker")

        with (
            patch.object(type(self.env["lead.import"]), "_capture", cross),
            self.capture_triggers(cron.id) as triggers,
        ):
            self._receive_forms()
        self.assertTrue(triggers.records)
        self.assertEqual(len(self.posts.search([])), 1)

        self._receive_forms()
        self.assertTrue(self._find(VISITOR["email"]))

    def test_sent_in_twice_before_its_turn_it_is_one(self):
        hidden = self._read_hidden(self._open(self.poster).text)
        for _time in range(2):
            self.url_open(self._get_path(self.poster), data={**hidden, **VISITOR})
        self._receive_forms()

        self.assertEqual(len(self._find(VISITOR["email"])), 1)
        rows = self.env["lead.import.row"].search([("import_id.door", "=", "poster")])
        self.assertEqual(len(rows), 1)

    def test_friends_that_wait_for_their_turn_count_as_named(self):
        self.patch(type(self.referral), "_FRIENDS_AT_MOST", 1)
        self._post(self.referral.link_id, BEN)
        hidden = self._read_hidden(self._open(self.referral.link_id).text)
        hidden.pop("answer", None)
        path = self._get_path(self.referral.link_id)

        answer = self.url_open(path, data={**hidden, **BEN, "email": "other@bold.example"})

        self.assertEqual(answer.status_code, 422)
        self.assertEqual(len(self.posts.search([])), 1)

    def test_what_was_kept_counts_though_the_link_is_revoked_since(self):
        self._post(self.poster, VISITOR)
        self.poster._revoke()
        self._receive_forms()

        self.assertTrue(self._find(VISITOR["email"]))
