from odoo.exceptions import UserError
from odoo.tests import tagged

from .capture_common import CaptureCase

PEOPLE = [
    ["Name", "E-mail", "Email opt-in", "Company"],
    ["Ann Ample", "ann@ample.example", "yes", "Ample"],
    ["Bob Best", "bob@best.example", "no", "Best"],
    ["Cyd Clear", "cyd@clear.example", "", "Clear"],
]


@tagged("post_install", "-at_install")
class TestLeadConsent(CaptureCase):
    """What somebody allowed or refused has its date and its source, whichever door it came by."""

    def _get_history(self, lead):
        return [(event.consent_text, event.note, event.user_id) for event in lead.consent_event_ids]

    def _find(self, email):
        return self.env["crm.lead"].search([("email_normalized", "=", email)])

    def test_a_file_says_which_row_and_a_blank_says_nothing(self):
        nobody = self.env["res.users"]

        self._import(PEOPLE)

        name = "Spring Pump Expo · leads.csv"
        self.assertEqual(
            self._get_history(self._find("ann@ample.example")),
            [("E-mail: yes", f"Row 1 of “{name}”", nobody)],
        )
        self.assertEqual(
            self._get_history(self._find("bob@best.example")),
            [("E-mail: no", f"Row 2 of “{name}”", nobody)],
        )
        self.assertEqual(self._get_history(self._find("cyd@clear.example")), [])

    def test_a_known_lead_that_a_file_closes_has_both(self):
        lead = self._make_lead(email_from="bob@best.example", email_consent="yes")

        self._import(PEOPLE)

        self.assertEqual(
            [event.consent_text for event in lead.consent_event_ids], ["E-mail: no", "E-mail: yes"]
        )

    def test_the_booth_says_who_took_it_down(self):
        lead = self._captured(name="Dan", email="dan@d.example", email_consent="yes")

        [(text, note, _user)] = self._get_history(lead)
        self.assertEqual(text, "E-mail: yes")
        self.assertRegex(note, "^Booth, Spring Pump Expo, .*, taken down by Mara$")

    def test_by_hand_names_the_user_and_the_same_again_is_no_news(self):
        lead = self._make_lead(user_id=self.user_rep.id)

        lead.with_user(self.user_rep).phone_opt_out = True
        lead.with_user(self.user_rep).phone_opt_out = True
        lead.with_user(self.user_rep).write({"function": "Buyer"})

        self.assertEqual(self._get_history(lead), [("Calls: no", "By hand, Rosa", self.user_rep)])

    def test_the_link_in_an_email_is_the_source_of_an_opt_out(self):
        lead = self._make_lead()
        other = self._make_lead(email_from="joann@ample.example")

        lead._opt_out_by_link("ann@ample.example")
        lead._undo_opt_out_by_link("ann@ample.example")

        self.assertEqual(
            [history[:2] for history in self._get_history(lead)],
            [
                ("E-mail: off that list again", "The link in an e-mail, taken back"),
                ("E-mail: on the list of those who get none", "The link in an e-mail"),
            ],
        )
        self.assertFalse(other.consent_event_ids)

    def test_it_is_neither_scored_nor_a_sign_of_life_nor_rewritten(self):
        lead = self._make_lead()
        before = lead.score_total

        lead.email_consent = "yes"

        lead._update_scores()
        self.assertEqual(lead.score_total, before)
        with self.assertRaises(UserError):
            lead.consent_event_ids.note = "He said so"

    def test_many_leads_cost_the_queries_of_few(self):
        few = self.env["crm.lead"].create([{"name": f"Few {n}"} for n in range(2)])
        many = self.env["crm.lead"].create([{"name": f"Many {n}"} for n in range(40)])
        self.env.flush_all()
        few.letter_opt_out = True
        self.env.flush_all()

        with self.assertQueryCount(12):
            many.letter_opt_out = True
            self.env.flush_all()

        self.assertEqual(len(many.consent_event_ids), 40)
