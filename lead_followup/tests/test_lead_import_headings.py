from odoo.tests import Form, tagged

from .common import LeadFollowupCase

# Nothing here is a known heading, and the first row might be a person as well as the others.
UNCLEAR = [["Alpha", "Beta"], ["Ann Ample", "Ample Inc"], ["Bob Best", "Best Inc"]]
PLAIN = [["Ann Ample", "ann@ample.example"], ["Bob Best", "bob@best.example"]]
HEADED = [["Name", "E-mail"], *PLAIN]


@tagged("post_install", "-at_install")
class TestLeadImportHeadings(LeadFollowupCase):
    """Whether the first row has headings: the file says, unless somebody else does."""

    def test_the_file_itself_says(self):
        headed, plain = self._preview(HEADED), self._preview(PLAIN)

        self.assertEqual((headed.heading_choice, headed.has_headings), ("auto", True))
        self.assertEqual((plain.heading_choice, plain.has_headings), ("auto", False))
        self.assertEqual((headed.row_count, plain.row_count), (2, 2))

    def test_yes_can_be_forced(self):
        guessed = self._preview(UNCLEAR)
        forced = self._preview(UNCLEAR, has_headings=True)

        self.assertEqual((guessed.has_headings, guessed.row_count), (False, 3))
        self.assertEqual((forced.heading_choice, forced.row_count), ("yes", 2))
        self.assertEqual(forced.column_ids.mapped("heading"), ["Alpha", "Beta"])

    def test_no_can_be_forced(self):
        forced = self._preview(HEADED, has_headings=False)

        self.assertEqual((forced.heading_choice, forced.row_count), ("no", 3))
        self.assertEqual(forced.column_ids.mapped("heading"), ["", ""])

    def test_a_boolean_written_later_asks_for_another_preview(self):
        job = self._preview(UNCLEAR)

        job.has_headings = True

        self.assertTrue(job.needs_preview)
        job.action_preview()
        self.assertEqual((job.row_count, job.needs_preview), (2, False))

    def test_yes_does_no_harm_to_headings_below_a_title(self):
        job = self._preview([["Leads of the show", ""], ["", ""], *HEADED], has_headings=True)

        self.assertEqual(job.column_ids.mapped("heading"), ["Name", "E-mail"])
        self.assertEqual(job.row_count, 2)

    def test_the_form_offers_three_choices(self):
        with Form(self._preview(UNCLEAR)) as form:
            form.heading_choice = "yes"

        self.assertTrue(form.record.needs_preview)
        self.assertTrue(form.record.has_headings)
