from odoo.tests import tagged

from .common import LeadFollowupCase

HEADINGS = ["Name", "Company", "E-mail", "Phone", "Do not contact", "Do not call", "Opt-out"]


def person(name, contact="", call="", mail=""):
    email = f"{name.lower()}@ample.example"
    return [f"{name} Ample", "Ample Inc", email, "+1 202 555 0101", contact, call, mail]


@tagged("post_install", "-at_install")
class TestLeadImportClosing(LeadFollowupCase):
    """“Do not contact”, “Do not call” and “Opt-out” close what they say, and nothing else."""

    def _lead_by_name(self, job):
        return {lead.contact_name.split()[0]: lead for lead in job.lead_ids}

    def test_each_column_closes_what_it_says(self):
        job = self._import(
            [
                HEADINGS,
                person("Ann", contact="Yes", call="No", mail="No"),
                person("Bob", contact="No", call="Yes"),
                person("Cyd", mail="Yes"),
                person("Dan", contact="No", call="No", mail="No"),
            ]
        )

        self.assertCounts(job, rows=4, new=4, enriched=0, duplicate=0, rejected=0)
        found = {
            name: (lead.do_not_contact, lead.phone_opt_out, lead.email_consent)
            for name, lead in self._lead_by_name(job).items()
        }
        self.assertEqual(
            found,
            {
                "Ann": (True, False, False),
                "Bob": (False, True, False),
                "Cyd": (False, False, "no"),
                "Dan": (False, False, False),
            },
        )
        flags = job.row_ids.sorted("number").mapped(lambda row: tuple(row.flags))
        self.assertEqual(flags, [("do_not_contact",), ("do_not_call",), (), ()])

    def test_who_must_not_be_contacted_comes_in_and_enters_no_cadence(self):
        job = self._preview([HEADINGS, person("Ann", contact="x"), person("Bob")])

        self.assertEqual(job.forecast["left_out"], {"do_not_contact": 1})
        self.assertEqual(job.mailed_count, 1)

        job.action_import()
        self._run_imports()

        leads = self._lead_by_name(job)
        self.assertFalse(leads["Ann"].enrollment_ids)
        self.assertTrue(leads["Bob"].enrollment_id)
        self.assertEqual(leads["Ann"].lifecycle, leads["Bob"].lifecycle)

    def test_a_known_lead_leaves_its_cadence_and_the_undo_leaves_it_closed(self):
        rep = {"user_id": self.user_rep.id}
        lead = self._make_lead(email_from="ann@ample.example", contact_name="Ann Ample", **rep)
        near = self._make_lead(email_from="bob@ample.example", contact_name="Bob Ample", **rep)
        self.show.cadence_id._enroll(lead | near)

        job = self._import([HEADINGS, person("Ann", contact="Yes"), person("Bob", contact="No")])

        self.assertVerdicts(job, {1: ("enriched", "email"), 2: ("enriched", "email")})
        self.assertTrue(lead.do_not_contact)
        self.assertEqual(lead.enrollment_ids.stop_reason, "do_not_contact")
        self.assertFalse(near.do_not_contact)
        self.assertTrue(near.enrollment_id)

        job.action_undo()

        self.assertTrue(lead.do_not_contact)
        self.assertFalse(lead.enrollment_id)

    def test_who_asks_to_be_left_alone_is_not_taken_up_again(self):
        lost = self._make_lead(email_from="ann@ample.example", contact_name="Ann Ample")
        near = self._make_lead(email_from="bob@ample.example", contact_name="Bob Ample")
        (lost | near).action_set_lost()

        self._import([HEADINGS, person("Ann", contact="Yes"), person("Bob")])

        self.assertEqual((lost.active, lost.do_not_contact), (False, True))
        self.assertEqual((near.active, near.do_not_contact), (True, False))

    def test_a_further_row_of_the_person_closes_too(self):
        job = self._import([HEADINGS, person("Ann"), person("Ann", call="Yes")])

        self.assertVerdicts(job, {1: "new", 2: ("duplicate", "email")})
        self.assertTrue(job.lead_ids.phone_opt_out)


@tagged("post_install", "-at_install")
class TestCrmLeadCallOptOut(LeadFollowupCase):
    def _make_called(self, **vals):
        return self._make_lead(phone="+1 202 555 0101", user_id=self.user_rep.id, **vals)

    def test_no_call_is_planned_and_the_cadence_goes_on(self):
        cadence = self.env["lead.cadence"].create(
            {
                "name": "Call first",
                "step_ids": [
                    (0, 0, {"name": channel, "channel": channel}) for channel in ("call", "task")
                ],
            }
        )
        lead, near = self._make_called(phone_opt_out=True), self._make_called()

        cadence._enroll(lead | near)

        blocked = lead.touch_ids.filtered(lambda touch: touch.channel == "call")
        self.assertEqual((blocked.state, blocked.reason), ("blocked", "no_calls"))
        self.assertEqual(lead.next_channel, "task")
        self.assertEqual(near.next_channel, "call")

    def test_calls_on_their_way_are_blocked(self):
        lead, near = self._make_called(), self._make_called()
        cadence = self.env["lead.cadence"].create(
            {"name": "Call", "step_ids": [(0, 0, {"name": "Call", "channel": "call"})]}
        )
        cadence._enroll(lead | near)
        call, other = lead.touch_ids, near.touch_ids

        lead.with_user(self.user_rep).phone_opt_out = True

        self.assertEqual((call.state, call.reason), ("blocked", "no_calls"))
        self.assertIn(other.state, ("planned", "queued"))

    def test_a_merged_lead_keeps_the_mark(self):
        head, tail = self._make_called(), self._make_called(phone_opt_out=True)

        self.assertTrue((head | tail).merge_opportunity().phone_opt_out)
