from odoo.tests import tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

PEOPLE = [
    ["Name", "E-mail", "Company", "Phone", "Note"],
    ["Ann Ample", "ann@ample.example", "Ample", "+1 202 555 0155", "Ann wants pumps"],
    ["Joann Ample", "joann@ample.example", "Ample", "+1 202 555 0155", "A colleague"],
    ["", "", "", "", "cc ann@ample.example"],
]


@tagged("post_install", "-at_install")
class TestPrivacyLookup(LeadFollowupCase):
    """Odoo's own lookup reaches what is known of a person as a lead."""

    def setUp(self):
        super().setUp()
        self.job = self._import(PEOPLE)
        self.lead = self.env["crm.lead"].search([("email_normalized", "=", "ann@ample.example")])
        self.other = self.env["crm.lead"].search([("email_normalized", "=", "joann@ample.example")])
        self.wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Ann Annabel Ample", "email": "ann@ample.example"}
        )
        self.wizard.action_lookup()

    def _get_ids(self, model):
        lines = self.wizard.line_ids.filtered(lambda line: line.res_model == model)
        return sorted(lines.mapped("res_id"))

    def test_rows_visits_and_events_are_found_once_and_of_nobody_else(self):
        rows = self.job.row_ids

        self.assertEqual(self._get_ids("lead.import.row"), sorted((rows[0] | rows[2]).ids))
        self.assertEqual(self._get_ids("lead.show.visit"), self.lead.visit_ids.ids)
        self.assertEqual(self._get_ids("lead.event"), sorted(self.lead.event_ids.ids))
        self.assertEqual(self._get_ids("crm.lead").count(self.lead.id), 1)

    def test_a_row_that_is_deleted_says_nothing_and_is_counted(self):
        line = self.wizard.line_ids.filtered(lambda line: line.res_id == self.job.row_ids[2].id)
        line = line.filtered(lambda line: line.res_model == "lead.import.row")

        line.action_unlink()

        self.assertTrue(self.job.row_ids[2].forgotten_at)
        self.assertEqual(self.job.row_ids[0].values["name"], "Ann Ample")
        self.assertTrue(line.is_unlinked)
        self.assertRegex(line.execution_details, "^Erased .* #")
        self.assertCounts(self.job, rows=3, new=2, enriched=0, duplicate=0, rejected=1)

    def test_all_deleted_the_lead_is_a_number_and_the_colleague_stays(self):
        visits = self.show.visit_ids
        lines = self.wizard.line_ids.filtered(
            lambda line: not (line.res_model == "crm.lead" and line.res_id != self.lead.id)
        )

        lines.action_unlink_all()

        self.assertEqual(self.lead.name, "Erased")
        self.assertFalse(self.lead.email_from)
        self.assertEqual(self.show.visit_ids, visits)
        self.assertEqual(self.job.row_ids[1].values["name"], "Joann Ample")
        self.assertEqual(self.other.contact_name, "Joann Ample")
        self.assertFalse(self.other.do_not_contact)
        self.assertTrue(all(lines.mapped("is_unlinked")))

    def test_archived_leads_are_archived_as_odoo_does(self):
        line = self.wizard.line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == ("crm.lead", self.lead.id)
        )

        line.action_archive_all()

        self.assertFalse(self.lead.active)
        self.assertEqual(self.lead.contact_name, "Ann Ample")
