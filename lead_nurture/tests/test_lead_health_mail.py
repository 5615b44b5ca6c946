from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .health_common import LeadHealthCase


@tagged("post_install", "-at_install")
class TestLeadHealthMail(LeadHealthCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checks.active = False
        cls.check = cls._get_check(cls, "no_source")
        cls.check.active = True
        cls.company = cls.env.company
        cls.company.lead_health_user_id = cls.user_marketing

    def _tell(self, at="2026-03-20 12:00:00"):
        """Let the scheduler run at ``at`` and the mail queue after it; return what went out."""
        with freeze_time(at), self.mock_mail_gateway():
            self._run_tell()
            self.assertFalse(self._mails)  # it waits in the queue
            self.env["mail.mail"].process_email_queue()
            return list(self._mails)

    def test_it_says_what_leaks_and_opens_it(self):
        self._make_lead()
        self._make_lead()

        (mail,) = self._tell()

        self.assertEqual(mail["email_to"], ['"Mara" <mara@seller.example.com>'])
        self.assertEqual(mail["subject"], f"{self.company.name}: the process leaks at one place")
        self.assertIn("2 · No source", mail["body"])
        self.assertIn("Enter the source", mail["body"])
        self.assertIn(f"/odoo/process-health/{self.check.id}/process-leak", mail["body"])

    def test_its_links_open_the_leads(self):
        lead = self._make_lead()
        action = self.env.ref("lead_nurture.lead_health_check_action_open")
        opened = action.with_user(self.user_marketing).with_context(active_id=self.check.id).run()

        self.assertEqual(self.env["crm.lead"].search(opened["domain"]), lead)

    def test_nothing_leaks_nothing_is_sent(self):
        self.assertFalse(self._tell())

    def test_only_what_leaks_is_listed(self):
        self._make_lead(email_from=False)
        bounce = self._get_check("bounce")
        bounce.active = True

        (mail,) = self._tell()

        self.assertNotIn(bounce.name, mail["body"])

    def test_the_worst_comes_first(self):
        self._make_lead(lifecycle="mql")
        nobody = self._get_check("nobody")
        nobody.write({"active": True, "sequence": 9999})

        (mail,) = self._tell()

        self.assertEqual(mail["subject"], f"{self.company.name}: the process leaks at 2 places")
        self.assertLess(
            mail["body"].index("Qualified, but nobody"), mail["body"].index("No source")
        )

    def test_once_a_month(self):
        self._make_lead()

        counts = [
            len(self._tell(at))
            for at in (
                "2026-03-20 12:00:00",
                "2026-03-21 12:00:00",
                "2026-03-31 23:00:00",
                "2026-04-01 01:00:00",
                "2026-04-02 01:00:00",
            )
        ]

        self.assertEqual(counts, [1, 0, 0, 1, 0])

    def test_off_until_an_owner_is_set(self):
        self._make_lead()
        self.company.lead_health_user_id = False

        self.assertFalse(self._tell())

    def test_a_new_owner_hears_this_month_as_well(self):
        self._make_lead()
        self._tell()
        heir = self._make_user("hedy", "sales_team.group_sale_manager")
        self.company.lead_health_user_id = heir

        (mail,) = self._tell()

        self.assertEqual(mail["email_to"], ['"Hedy" <hedy@seller.example.com>'])

    def test_the_numbers_are_of_the_owners_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.user_marketing.company_ids |= branch
        branch.lead_health_user_id = self.user_marketing
        self._make_lead(company_id=self.company.id)
        for _number in range(2):
            self._make_lead(company_id=branch.id)

        mails = self._tell()

        bodies = {mail["subject"].split(":")[0]: mail["body"] for mail in mails}
        self.assertIn("1 · No source", bodies[self.company.name])
        self.assertIn("2 · No source", bodies["Branch"])

    def test_in_the_owners_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.user_marketing.lang = "fr_FR"
        self.check.with_context(lang="fr_FR").name = "Sans source"
        self._make_lead()

        (mail,) = self._tell()

        self.assertIn("1 · Sans source", mail["body"])

    def test_who_may_not_see_it_can_not_be_the_owner(self):
        with self.assertRaisesRegex(ValidationError, "Rosa can't open the process health"):
            self.company.lead_health_user_id = self.user_rep

    def test_an_owner_who_lost_his_rights_hears_nothing(self):
        self._make_lead()
        self.user_marketing.group_ids = [
            (3, self.env.ref("sales_team.group_sale_manager").id),
            (4, self.env.ref("sales_team.group_sale_salesman").id),
        ]

        with mute_logger("odoo.addons.lead_nurture.models.res_company_health"):
            self.assertFalse(self._tell())

    def test_the_setting_is_the_companys(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.lead_health_user_id, self.user_marketing)

        settings.lead_health_user_id = False
        settings.execute()

        self.assertFalse(self.company.lead_health_user_id)
