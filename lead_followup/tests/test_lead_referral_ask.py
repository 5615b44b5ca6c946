from smtplib import SMTPServerDisconnected
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .referral_common import LeadReferralCase
from .sending_common import SendingMixin

NOON = "2026-03-20 13:00:00"
SEND_EMAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"


@tagged("post_install", "-at_install")
class TestLeadReferralAsk(SendingMixin, LeadReferralCase):
    def test_customer_is_asked_by_mail_of_his_salesperson_with_his_own_link(self):
        referral, left_out = self._ask(user=self.user_marketing)

        [mail] = self._run_queue(NOON)
        self.assertFalse(left_out)
        self.assertEqual(mail["To"], "Ann Ample <ann@ample.example>")
        self.assertIn("rosa@seller.example.com", mail["From"])
        self.assertIn(referral.link_id.token, mail.get_body(("html",)).get_content())
        self.assertEqual(referral.asked_by_id, self.user_marketing)
        self.assertEqual((referral.state, str(referral.asked_at)), ("asked", NOON))

    def test_until_the_mail_has_gone_out_he_counts_as_not_asked(self):
        referral, _left_out = self._ask()

        self.assertEqual((referral.state, referral.asked_at), ("to_send", False))

    def test_each_is_left_out_for_his_own_reason(self):
        plain = self._make_contact("No Customer", "plain@ample.example")
        gone = self._make_customer("Archived", "gone@ample.example", active=False)
        no_mail = self._make_customer("Without Mail", False)
        listed = self._make_customer("Listed", "listed@ample.example")
        self.env["mail.blacklist"]._add("listed@ample.example")
        closed = self._make_customer("Closed", "closed@ample.example")
        self._make_lead(email_from="closed@ample.example", do_not_contact=True)
        no_consent = self._make_customer("Said No", "said.no@ample.example")
        self._make_lead(email_from="said.no@ample.example", email_consent="no")
        bounced = self._make_customer("Bounced", "bounced@ample.example")
        self._make_lead(email_from="bounced@ample.example").wrong_email = "bounced@ample.example"
        twin = self._make_customer("Twin", "ann@ample.example")
        theirs = self._make_customer("Theirs", "theirs@ample.example")
        theirs.company_id = self.env["res.company"].create({"name": "Other"})

        referrals, left_out = self._ask(
            self.customer
            | plain
            | gone
            | no_mail
            | listed
            | closed
            | no_consent
            | bounced
            | twin
            | theirs,
            user=self.env.user,
        )

        self.assertEqual(referrals.partner_id, self.customer)
        self.assertEqual(
            left_out,
            {
                "archived": ["Archived"],
                "other_company": ["Theirs"],
                "not_customer": ["No Customer"],
                "do_not_contact": ["Closed"],
                "no_email": ["Without Mail"],
                "opted_out": ["Listed"],
                "no_consent": ["Said No"],
                "email_bounced": ["Bounced"],
                "same_address": ["Twin"],
            },
        )

    def test_by_phone_no_address_is_needed_but_do_not_contact_holds(self):
        no_mail = self._make_customer("Without Mail", False)
        closed = self._make_customer("Closed", "closed@ample.example")
        self._make_lead(email_from="closed@ample.example", do_not_contact=True)

        referrals, left_out = self._ask(no_mail | closed, channel="call")

        self.assertEqual(referrals.partner_id, no_mail)
        self.assertEqual(
            (referrals.state, str(referrals.asked_at)), ("asked", "2026-03-20 12:00:00")
        )
        self.assertEqual(left_out, {"do_not_contact": ["Closed"]})

    def test_nobody_is_asked_twice_within_the_set_time(self):
        self._ask(channel="call")

        with freeze_time("2026-09-16 11:59:59"):  # 180 days later, less a second
            again, left_out = self._ask()
            twin, twin_left_out = self._ask(self._make_customer("Twin", "Ann@Ample.example"))
        with freeze_time("2026-09-16 12:00:01"):
            later, _left_out = self._ask()

        self.assertFalse(again + twin)
        self.assertEqual(left_out, {"asked_recently": ["Ann Ample"]})
        self.assertEqual(twin_left_out, {"asked_recently": ["Twin"]})
        self.assertEqual(len(later), 1)

    def test_the_time_is_the_companys_own(self):
        self._ask(channel="call")
        self.company.lead_referral_again_days = 10

        with freeze_time("2026-03-30 12:00:01"):
            again, _left_out = self._ask()

        self.assertEqual(len(again), 1)

    def test_no_door_makes_a_second_ask(self):
        self._ask(channel="call")

        with self.assertRaisesRegex(UserError, "Ann Ample: asked within the last 180 days"):
            self.env["lead.referral"].create(
                {
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "channel": "email",
                    "is_ask": True,
                }
            )

    def test_what_has_changed_since_it_was_queued_stops_it_and_he_may_be_asked_again(self):
        referral, _left_out = self._ask()
        self.env["mail.blacklist"]._add("ann@ample.example")

        sent = self._run_queue(NOON)
        self.env["mail.blacklist"]._remove("ann@ample.example")
        self.env.invalidate_all()
        again, _left_out = self._ask()

        self.assertFalse(sent)
        self.assertEqual((referral.state, referral.reason), ("failed", "opted_out"))
        self.assertEqual(referral.link_id.state, "revoked")
        self.assertEqual(len(again), 1)

    def test_mail_carries_the_way_to_opt_out(self):
        self._ask()

        [mail] = self._run_queue(NOON)

        self.assertRegex(mail["List-Unsubscribe"], r"/lead/opt-out/0/\w{64}\?email=ann%40ample")
        self.assertIn("No more e-mails, please", mail.get_body(("html",)).get_content())

    def test_stop_switch_holds_it_back_and_lets_it_go(self):
        self._ask()
        self.company.lead_sending_stopped = True
        held = self._run_queue(NOON)
        count = self.company._count_held_emails()["held"]

        self.company.lead_sending_stopped = False
        sent = self._run_queue(NOON)

        self.assertEqual((len(held), count, len(sent)), (0, 1, 1))

    def test_what_is_asked_while_all_is_stopped_waits(self):
        self.company.lead_sending_stopped = True

        referral, _left_out = self._ask()

        self.assertFalse(self._run_queue(NOON))
        self.assertEqual(referral.state, "to_send")

    def test_in_test_mode_it_goes_to_the_tester_and_to_the_customer_after_it(self):
        self.company.write({"lead_test_email": "test@seller.example.com", "lead_test_mode": True})
        referral, _left_out = self._ask()

        [tested] = self._run_queue(NOON)
        twice = self._run_queue(NOON)
        state = referral.state
        self.company.lead_test_mode = False
        [sent] = self._run_queue(NOON)

        self.assertEqual(tested["To"], "test@seller.example.com")
        self.assertIn("[Test for", tested["Subject"])
        self.assertEqual((twice, state), ([], "to_send"))
        self.assertEqual(sent["To"], "Ann Ample <ann@ample.example>")
        self.assertEqual(referral.state, "asked")

    def test_crash_while_sending_does_not_send_it_again(self):
        referral, _left_out = self._ask()
        referral._mark_asked(fields.Datetime.now())  # what is kept before the server hears of it

        sent = self._run_queue(NOON)

        self.assertFalse(sent)
        self.assertEqual((referral.mail_id.state, referral.reason), ("exception", "crashed"))

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_connection_that_breaks_off_is_in_doubt_at_once_and_not_sent_again(self):
        referral, _left_out = self._ask()
        with patch(SEND_EMAIL, side_effect=SMTPServerDisconnected("closed")):
            self._run_queue(NOON)

        self.assertEqual((referral.mail_id.state, referral.reason), ("exception", "crashed"))
        self.assertFalse(self._run_queue(NOON))

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_connection_that_breaks_off_at_a_test_leaves_the_customer_to_be_asked(self):
        self.company.write({"lead_test_mode": True, "lead_test_email": "test@seller.example.com"})
        referral, _left_out = self._ask()
        with patch(SEND_EMAIL, side_effect=SMTPServerDisconnected("closed")):
            self._run_queue(NOON)

        self.assertEqual((referral.state, referral.reason), ("to_send", "tested"))
        self.assertEqual(referral.mail_id.state, "outgoing")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_ask_the_server_never_heard_of_waits_again(self):
        referral, _left_out = self._ask()
        mails = type(self.env["mail.mail"])
        with patch.object(mails, "_prepare_outgoing_list", side_effect=SMTPServerDisconnected()):
            self._run_queue(NOON)

        self.assertEqual((referral.state, referral.asked_at), ("to_send", False))
        self.assertEqual(len(self._run_queue(NOON)), 1)

    def test_asks_of_one_sender_keep_their_distance(self):
        self.company.lead_email_hourly = 60  # one a minute
        other = self._make_customer("Ben Bold", "ben@bold.example")

        referrals, _left_out = self._ask(self.customer | other)

        moments = [str(mail.scheduled_date) for mail in referrals.mail_id.sorted("id")]
        self.assertEqual(moments, ["2026-03-20 12:00:00", "2026-03-20 12:01:00"])

    def test_declined_ask_is_not_sent_and_its_link_works_no_more(self):
        referral, _left_out = self._ask()

        referral.with_user(self.user_rep).action_decline()

        self.assertFalse(self._run_queue(NOON))
        self.assertEqual((referral.state, referral.link_id.state), ("declined", "revoked"))

    def test_unanswered_ask_expires_with_its_link(self):
        referral = self._make_referral()
        cron = self.env.ref("lead_followup.ir_cron_expire_referrals")

        with freeze_time("2026-06-18 11:59:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()  # 90 days less a minute
            before = referral.state
        with freeze_time("2026-06-18 12:00:01"), self.enter_registry_test_mode():
            cron.method_direct_trigger()

        self.assertEqual((before, referral.state), ("asked", "expired"))

    def test_cost_does_not_grow_with_the_customers(self):
        few = self.customer | self._make_customer("Ben Bold", "ben@bold.example")
        many = self.env["res.partner"].union(
            *(self._make_customer(f"No. {n}", f"no{n}@many.example") for n in range(12))
        )
        referrals = self.env["lead.referral"]

        with self._count_queries() as of_few:
            referrals._split_askable(few, "email", self.company)
        with self._count_queries() as of_many:
            referrals._split_askable(many, "email", self.company)

        self.assertLessEqual(of_many.count, of_few.count)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return QueryCount(self.env.cr)

    def test_dialog_says_how_many_and_why_not_before_it_asks(self):
        plain = self._make_contact("No Customer", "plain@ample.example")
        action = (self.customer | plain).with_user(self.user_rep).action_ask_referral()
        wizard = self.env["lead.referral.ask"].with_user(self.user_rep).browse(action["res_id"])

        said = (wizard.summary, wizard.left_out_text, wizard.ask_text)
        before = self.customer.referral_ids
        result = wizard.action_ask()

        self.assertEqual(said, ("1 of 2 can be asked.", "Not a customer yet: 1", "Ask 1 Customer"))
        self.assertFalse(before)
        self.assertEqual(self.customer.referral_ids.state, "to_send")
        self.assertIn("1 e-mails", result["params"]["message"])
        with self.assertRaisesRegex(UserError, "Asked not long ago: 1"):
            wizard.action_ask()

    def test_won_leads_are_asked_by_their_customer_others_left_out(self):
        won = self.customer.opportunity_ids
        nobody = self._make_won_lead(self.env["res.partner"], user_id=self.user_rep.id)
        pending = self._make_lead(user_id=self.user_rep.id)
        leads = (won | nobody | pending).with_user(self.user_rep)
        action = leads.action_ask_referral()
        wizard = self.env["lead.referral.ask"].with_user(self.user_rep).browse(action["res_id"])

        said = wizard.left_out_text
        wizard.action_ask()

        self.assertEqual(said, "Not won: 1\nHas no contact: 1")
        self.assertEqual(self.customer.referral_ids.lead_id, won)

    def test_rep_sees_his_own_asks_only_and_writes_no_outcome(self):
        referral = self._make_referral()
        other = self._make_user("otto", "sales_team.group_sale_salesman")
        own = referral.with_user(self.user_rep)

        self.assertFalse(self.env["lead.referral"].with_user(other).search([]))
        with self.assertRaises(AccessError):
            referral.with_user(other).read(["state"])
        self.assertEqual(own.state, "asked")
        with self.assertRaisesRegex(UserError, "not rewritten by hand"):
            own.state = "won"
        with self.assertRaises(AccessError):
            self.env["lead.referral"].with_user(self.user_rep).create(
                {"partner_id": self.customer.id, "company_id": self.company.id, "channel": "hand"}
            )

    def test_other_companys_asks_are_out_of_sight(self):
        referral = self._make_referral()
        other = self.env["res.company"].create({"name": "Other"})
        self.user_marketing.write({"company_ids": [(4, other.id)]})

        seen = (
            self.env["lead.referral"]
            .with_user(self.user_marketing)
            .with_context(allowed_company_ids=other.ids)
            .search([("id", "=", referral.id)])
        )

        self.assertFalse(seen)

    def test_merged_contacts_keep_their_referrals_deleted_ones_lose_them(self):
        referral = self._make_referral()
        other = self._make_contact("Ann A. Ample", "ann2@ample.example")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})

        merge._merge((self.customer | other).ids, other)
        kept = referral.partner_id
        other.opportunity_ids.unlink()
        other.unlink()

        self.assertEqual(kept, other)
        self.assertFalse(referral.exists())


class QueryCount:
    def __init__(self, cr):
        self.cr = cr

    def __enter__(self):
        self.start = self.cr.sql_log_count
        return self

    def __exit__(self, *_error):
        self.count = self.cr.sql_log_count - self.start
