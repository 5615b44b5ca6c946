from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import ConcurrencyError
from odoo.sql_db import db_connect
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from .public_common import PublicFormMixin
from .referral_common import LeadReferralCase

_ANN = {"name": "Ann Ample", "company": "Ample", "email": "ann@ample.example", "phone": None}
_HERE = "what you filled in is still here"


def _cross(*_args, **_kwargs):
    raise ConcurrencyError("somebody was quicker, each time")


@tagged("post_install", "-at_install")
class TestLeadCaptureCrossed(PublicFormMixin, LeadReferralCase, HttpCase):
    """A form that others were in the way of, all tries long, is shown again as it was filled in."""

    def setUp(self):
        super().setUp()
        self.env["lead.public.attempt"].search([]).unlink()

    def _send_crossed(self, link, data, model, method):
        tries = patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 1)
        crossed = patch.object(type(self.env[model]), method, _cross)
        hidden = self._read_hidden(self._open(link).text)
        hidden.pop("answer", None)  # of the button by which a customer names nobody
        with tries, crossed, mute_logger("odoo.http", "odoo.service.model"):
            return self._send(link, data, hidden)

    def assertGivenBack(self, response, *texts):
        self.assertEqual(response.status_code, 503, response.text[:2000])
        self.assertIn(_HERE, response.text)
        for text in texts:
            self.assertIn(text, response.text)

    def test_poster(self):
        link = self.show._get_poster_link()
        data = {"name": "Vera Visitor", "email": "vera@visitor.example", "note": "Ten pumps"}

        response = self._send_crossed(link, data, "lead.public.post", "_keep")
        self.assertGivenBack(response, "Vera Visitor", "vera@visitor.example", "Ten pumps")
        leads = self.env["crm.lead"].search([("email_normalized", "=", data["email"])])
        self.assertFalse(leads)

        # the page that was given back is sent in as it is
        again = self._send(link, data, self._read_hidden(response.text))
        self.assertEqual(again.status_code, 200)
        self.assertEqual(len(leads.search([("email_normalized", "=", data["email"])])), 1)

    def test_details(self):
        lead = self._make_lead()
        link = self.env["lead.public.link"]._get_for("details", lead)[lead]
        response = self._send_crossed(link, {"note": "Call me"}, "crm.lead", "_receive_details")
        self.assertGivenBack(response, "Call me")

    def test_referral(self):
        link = self._make_referral().link_id
        data = {"name": "Ben Bold", "email": "ben@bold.example", "consent": "1"}
        response = self._send_crossed(link, data, "lead.public.post", "_keep")
        self.assertGivenBack(response, "Ben Bold", "ben@bold.example")

    def test_another_page_is_none_of_ours(self):
        response = self.url_open("/lead/details/unknown")
        self.assertEqual(response.status_code, 404)
        self.assertNotIn(_HERE, response.text)


@tagged("post_install", "-at_install")
class TestLeadPersonGuard(TransactionCase):
    """Two transactions of their own, of which neither sees what the other has not kept."""

    def setUp(self):
        super().setUp()
        self.first, self.second = self._connect(), self._connect()
        for cr in (self.first, self.second):
            cr.execute("SELECT id FROM lead_person_guard")  # from here on it sees nothing new
        self.known = [number for (number,) in self.second.fetchall()]
        self.addCleanup(self._forget)

    def _connect(self):
        cr = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(cr.close)
        return cr

    def _hold(self, cr, **values):
        self.env(cr=cr)["lead.person.guard"]._hold([{**_ANN, **values}])

    def _forget(self):
        self.first.rollback()
        self.second.rollback()
        self.second.execute(SQL("DELETE FROM lead_person_guard WHERE id <> ALL(%s)", self.known))
        self.second.commit()

    def _count_marks(self, cr):
        """Return how many marks there are beside those of before the test."""
        cr.execute(SQL("SELECT count(*) FROM lead_person_guard WHERE id <> ALL(%s)", self.known))
        return cr.fetchone()[0]

    def assertBeginsAnew(self, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            self._hold(self.second, **values)

    def test_the_same_address_begins_anew(self):
        self._hold(self.first)
        self.first.commit()
        self.assertBeginsAnew(name="A. Ample", company="Other", email="ANN@ample.example")

    def test_the_same_name_and_company_begins_anew(self):
        self._hold(self.first)
        self.first.commit()
        self.assertBeginsAnew(email=None)

    def test_an_e_mail_that_was_quicker_makes_the_booth_begin_anew(self):
        guard = self.env(cr=self.first)["lead.person.guard"]
        self.assertTrue(guard._try_hold([{"email": "Ann@ample.example"}]))
        self.first.commit()
        self.assertBeginsAnew(name="A. Ample", company="Other")

    def test_an_e_mail_that_was_slower_goes_on(self):
        self._hold(self.first)
        self.first.commit()

        guard = self.env(cr=self.second)["lead.person.guard"]
        self.assertFalse(guard._try_hold([{"email": "ann@ample.example"}]))

        self.second.execute("SELECT 1")
        self.assertEqual(self.second.fetchone(), (1,))

    def test_somebody_else_goes_on(self):
        self._hold(self.first)
        self._hold(self.second, name="Bob Best", email="bob@ample.example")
        self.first.commit()
        marked = self._count_marks(self.second)
        self.second.commit()

        # the second saw its own alone; now as many of either stand there
        self.assertGreater(marked, 0)
        self.assertEqual(self._count_marks(self.first), 2 * marked)

    def test_the_same_later_goes_on(self):
        self._hold(self.first)
        self.first.commit()
        self.second.rollback()
        marked = self._count_marks(self.second)
        self._hold(self.second)

        self.assertEqual(self._count_marks(self.second), marked)


@tagged("post_install", "-at_install")
class TestLeadCaptureNumbers(LeadReferralCase):
    def test_numbers_rise_and_are_drawn_once(self):
        jobs = self.env["lead.import"]
        first, second = jobs._draw_numbers(3), jobs._draw_numbers(2)
        self.assertEqual(len({*first, *second}), 5)
        self.assertLess(first[-1], second[0])
        self.assertEqual(first, sorted(first))
