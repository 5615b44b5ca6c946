from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.lead_followup.tests.common import LeadFollowupCase

from .content_common import ContentMixin

SENT = "2026-03-20 13:00:00"
MEASURES = ["made_count:sum", "opened_count:sum", "clicked_count:sum", "opted_out_count:sum"]


@tagged("post_install", "-at_install")
class TestContentReport(ContentMixin, LeadFollowupCase):
    """What brings answers: by piece and channel, rates as ratios of sums."""

    def _sent(self, content, **vals):
        """Return the touch of an e-mail with ``content`` that a new lead got."""
        lead = self._start(**vals)
        self._run_queue(SENT)
        touch = lead.touch_ids.filtered("done_at")
        self.assertEqual(touch.content_id, content)
        return touch

    def _note(self, touch, kind, confidence, link=""):
        trace = touch.mail_id.mailing_trace_ids
        ref = f"{kind},{trace.id}{link}"
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": touch.lead_id.id,
                    "kind": kind,
                    "ref": ref,
                    "confidence": confidence,
                    "occurred_at": fields.Datetime.now(),
                }
            ]
        )
        return self.env["lead.event"].search([("ref", "=", ref)])

    def _make_touches(self, count, **vals):
        lead = self._make_lead(email_from="many@ample.example")
        return self.env["lead.touch"].create(
            [
                {"lead_id": lead.id, "channel": "email", "state": "done", "done_at": SENT, **vals}
                for _number in range(count)
            ]
        )

    def test_openings_and_clicks_of_readers_count_those_of_programs_do_not(self):
        content = self._make_content("One")
        touch = self._sent(content)

        self._note(touch, "open", "machine")
        self.assertEqual((touch.opened_count, touch.clicked_count), (0, 0))
        click = self._note(touch, "click", "machine", ",7")
        self.assertEqual((touch.opened_count, touch.clicked_count), (0, 0))
        click._judge_anew("human")
        touch.invalidate_recordset()

        self.assertEqual((touch.opened_count, touch.clicked_count), (1, 1))
        self.assertEqual((content.lead_given_count, content.lead_clicked_count), (1, 1))

    def test_an_opt_out_falls_on_the_last_email(self):
        touch = self._sent(self._make_content("One"))
        other = self._start(email_from="bob@best.example")

        self.env["mail.blacklist"]._add("ann@ample.example")

        self.assertEqual((touch.opted_out_count, other.touch_ids.opted_out_count), (1, 0))

    def test_rates_are_ratios_of_sums_over_what_can_be_seen(self):
        content = self._make_content("One")
        now = fields.Datetime.now()
        # 40 with content, 10 of them opened; 40 of a template, nothing seen; 8 of 80 opted out
        self._make_touches(10, content_id=content.id, is_traced=True, opened_at=now)
        self._make_touches(30, content_id=content.id, is_traced=True)
        self._make_touches(8, opted_out_at=now)
        self._make_touches(32)

        [row] = self.env["lead.touch"]._read_group(
            [("lead_id.email_from", "=", "many@ample.example")],
            [],
            ["open_rate_pct:avg", "opt_out_rate_pct:avg", "meeting_rate_pct:avg"],
        )

        self.assertEqual(row, (25.0, 10.0, 0.0))

    def test_letters_stand_beside_emails_and_few_have_no_rate(self):
        now = fields.Datetime.now()
        self._make_touches(30, answered_at=now, is_traced=True)
        self._make_touches(29, channel="letter", answered_at=now)

        rows = self.env["lead.touch"]._read_group(
            [("lead_id.email_from", "=", "many@ample.example")],
            ["channel"],
            ["made_count:sum", "reply_rate_pct:avg", "open_rate_pct:avg"],
        )

        self.assertEqual(sorted(rows), [("email", 30, 100.0, 0.0), ("letter", 29, False, False)])

    def test_what_was_not_made_does_not_count(self):
        self._make_content("One")
        touch = self._start().touch_ids
        touch.opened_at = fields.Datetime.now()

        self.assertEqual((touch.state, touch.opened_count, touch.traced_count), ("queued", 0, 0))

    def test_who_sees_a_lead_sees_its_content_and_not_the_mailing(self):
        content = self._make_content("One")
        touch = self._sent(content, user_id=self.user_rep.id)
        reader = touch.with_user(self.user_rep)
        self.env.invalidate_all()

        [values] = reader.web_read({"content_id": {"fields": {"display_name": {}}}})
        self.assertEqual(values["content_id"]["display_name"], "One")
        [group] = reader.formatted_read_group(
            [("id", "=", touch.id)], ["channel", "content_id"], ["made_count:sum"]
        )
        self.assertEqual(group["content_id"], (content.id, "One"))
        with self.assertRaises(AccessError):
            content.with_user(self.user_rep).read(["subject"])

    def test_an_author_reads_the_figures_without_any_lead(self):
        author = new_test_user(self.env, "amy", "mass_mailing.group_mass_mailing_user")
        content = self._make_content("One")
        self._sent(content)
        self.env.invalidate_all()

        mine = content.with_user(author)
        self.assertEqual(mine.lead_given_count, 1)
        mine.write({"body_html": '<p>Hello <t t-out="object.contact_name"/></p>'})
        self.assertEqual(content.lead_content_version, 2)
        with self.assertRaises(AccessError):
            mine.env["lead.touch"].search([])
