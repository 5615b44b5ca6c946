from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.translate import code_translations

from ..tools.intake import errors
from .common import LeadFollowupCase

VALUES = {
    "file_name": "a.pdf", "found": "a PDF document", "position": 7, "size": 5, "limit": 3,
    "row": 2, "column": 1,
}  # fmt: skip


def every_refusal(parent=errors.FileRefused):
    yield parent
    for child in parent.__subclasses__():
        yield from every_refusal(child)


@tagged("post_install", "-at_install")
class TestLeadImportRefusal(LeadFollowupCase):
    """A file is refused in the language of whoever loads it."""

    def test_every_refusal_can_be_translated(self):
        job = self.env["lead.import"].new({})
        known = {**job._get_refusals_of_contents(), **job._get_refusals_of_size()}

        self.assertEqual(set(known), {refusal.code for refusal in every_refusal()})
        for refusal in every_refusal():
            with self.subTest(refusal.code):
                said = refusal(**VALUES)
                self.assertEqual(job._describe_refusal(said), str(said))

    def test_a_refusal_speaks_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        sentence = "“%(file_name)s” is %(found)s, not a list of leads. Export the list as CSV, "
        sentence += "XLSX, XLS, ODS or vCard and load that file."
        french = {sentence: "« %(file_name)s » : %(found)s.", "a PDF document": "un document PDF"}
        self.env = self.env(context=dict(self.env.context, lang="fr_FR"))

        with (
            patch.object(code_translations, "get_python_translations", return_value=french),
            self.assertRaises(UserError) as refused,
        ):
            self._preview(b"%PDF-1.7", "a.pdf")

        self.assertEqual(str(refused.exception), "« a.pdf » : un document PDF.")
