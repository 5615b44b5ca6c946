from datetime import datetime, time, timedelta

import pytz
from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import plaintext2html

from ..tools import public
from ..tools.timing.clock import to_utc
from .untracked import UNTRACKED

_WISH_DAYS = 90  # so far ahead a call may be asked for
# Part of a day: hour from which it is called.
_PARTS = {"morning": 9, "noon": 12, "afternoon": 14, "evening": 17}


class CrmLead(models.Model):
    """A lead completes its details by a personal link, and may say when to be called.

    It is asked what is still unknown, or marked as wrong, and nothing that is known is shown to
    whoever has the link. An answer is a sign of life like a reply: the cadence ends, and somebody
    has it on his list.
    """

    _inherit = "crm.lead"

    def _get_details_url(self):
        """Return the personal link, made where there is none; e-mail templates carry it."""
        self.ensure_one()
        if not self.id:
            return self.get_base_url()
        return self.env["lead.public.link"]._get_for("details", self)[self].url

    def action_get_details_link(self):
        """Show the personal link, to be copied."""
        self.ensure_one()
        self.check_access("read")
        link = self.env["lead.public.link"]._get_for("details", self)[self]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link to Complete the Details"),
            "res_model": "lead.public.link",
            "res_id": link.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    def _get_missing_details(self):
        """Return what this lead is asked: the questions, and which of its facts are missing.

        :return: ``{"questions": as of ``_prepare_questions``, "email", "phone", "interests":
            bool}``, in the language of the context.
        """
        self.ensure_one()
        given = self.qualification_ids.filtered(lambda given: not given.is_expired).qualifier_id
        wrong = self._get_wrong_numbers()
        numbers = {self._get_number("phone"), self._get_number("mobile")} - {False, *wrong}
        return {
            "questions": (self._get_own_qualifiers() - given)._prepare_questions(),
            "email": not self.email_normalized or self.email_wrong,
            "phone": not numbers,
            "interests": not self.interest_ids,
        }

    def _get_own_qualifiers(self):
        """Return what somebody like this lead answers himself: as on the poster of its show."""
        company = self.company_id or self.env.company
        return self.trade_show_id._get_poster_qualifiers(company)

    def _get_first_name(self):
        return public.first_name(self.contact_name or self.partner_id.name)

    def _get_wish_bounds(self):
        """Return the first and last day on which a call may be wished for, where this lead is."""
        today = self._get_place().local(fields.Datetime.now()).date()
        return today, today + timedelta(days=_WISH_DAYS)

    def _read_wish(self, day, part, tz):
        """Return the moment (naive UTC) at which a call is wished for; None for no such moment.

        :param day: a date as ISO text.
        :param part: “morning”, “noon”, “afternoon” or “evening”; empty: at any time of the day.
        :param tz: the zone of whoever wishes it, as his browser says; that of the lead where it is
            none.
        """
        zone = tz if tz in pytz.all_timezones_set else self._get_place().tz
        try:
            date = datetime.strptime(day, "%Y-%m-%d").date()
        except ValueError:
            return None
        now = fields.Datetime.now()
        if part and part not in _PARTS or not now.year <= date.year <= now.year + 1:
            return None
        begin, end = _PARTS.get(part, min(_PARTS.values())), 18
        later = [hour for hour in (*_PARTS.values(), end) if hour > begin]
        until = to_utc(datetime.combine(date, time(later[0] if part else end)), zone)
        moment = to_utc(datetime.combine(date, time(begin)), zone)
        if until <= now or moment > now + timedelta(days=_WISH_DAYS + 1):
            return None
        return max(moment, now)

    def _receive_details(self, said):
        """Take down what this lead completed by its link.

        :param said: ``{"answers": {qualifier code: answer code}, "interest_ids": [id], "email",
            "phone", "note": text, "call_at": naive UTC or None}``, empty where nothing was said.
        """
        self.ensure_one()
        # As the program, not as a visitor without rights, and in the company's language: what is
        # noted is read by salespeople.
        company = self.company_id or self.env.company
        lead = self.with_user(SUPERUSER_ID).with_company(company)
        lead = lead.with_context(lang=company.partner_id.lang or "en_US")
        user = lead._get_answerer()
        lead._log_details(said)
        lead._revive()
        lead._fill_details(said)
        lead._message_log(body=lead._describe_details(said))
        lead.touch_ids._note_result("replied")
        lead.enrollment_id._stop("replied")
        lead._plan_details_answer(user, said)
        lead._update_scores()

    def _log_details(self, said):
        """Note that this lead filled in the form: once a day, however often it does."""
        now = fields.Datetime.now()
        kinds = ["web_form"] + (["request_call"] if said["call_at"] else [])
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": self.id,
                    "kind": kind,
                    "occurred_at": now,
                    "ref": f"details,{self.id},{now:%Y-%m-%d},{kind}",
                    "note": said["note"][:200],
                }
                for kind in kinds
            ]
        )

    def _fill_details(self, said):
        """Write what was asked for; what has become known since it was asked stays."""
        missing = self._get_missing_details()
        vals = {}
        if said["email"] and missing["email"]:
            vals["email_from"] = said["email"]
        if said["phone"] and missing["phone"]:
            vals["phone"] = self._phone_format(number=said["phone"]) or said["phone"]
        if said["interest_ids"]:
            vals["interest_ids"] = [(4, one) for one in said["interest_ids"]]
        if vals:
            self.with_context(**UNTRACKED).write(vals)
        if said["answers"]:
            self._record_answers({self: said["answers"]}, source=self.env._("Web form"))

    def _describe_details(self, said):
        """Return all that was said, for the chatter."""
        answers = self.env["lead.qualifier"]._get_answers_by_code(
            self.company_id or self.env.company
        )
        given = [answers[code][answer] for code, answer in said["answers"].items()]
        interests = self.env["lead.interest"].browse(said["interest_ids"])
        pairs = [
            (self.env._("E-mail"), said["email"]),
            (self.env._("Phone"), said["phone"]),
            (self.env._("Interests"), ", ".join(interests.mapped("name"))),
            *((answer.qualifier_id.name, answer.name) for answer in given),
            (self.env._("Call"), self._describe_wish(said)),
            (self.env._("Note"), said["note"]),
        ]
        items = Markup("").join(
            Markup("<li>%s: %s</li>") % (label, Markup("<br/>").join(text.split("\n")))
            for label, text in pairs
            if text
        )
        head = self.env._("Completed the details by the personal link.")
        return Markup("<p>%s</p><ul>%s</ul>") % (head, items)

    def _describe_wish(self, said):
        if not said["call_at"]:
            return ""
        place = self._get_place()
        return self.env._(
            "from %(moment)s, time of %(zone)s",
            moment=f"{place.local(said['call_at']):%Y-%m-%d %H:%M}",
            zone=place.tz,
        )

    def _plan_details_answer(self, user, said):
        """Put the call that was wished for on the list of ``user``, or the answers to look at."""
        may_call = not self.do_not_contact and self._get_call_numbers()
        if said["call_at"] and may_call:
            self.touch_ids.filtered("is_wished")._withdraw()
            self._plan_call(
                said["call_at"],
                slot_rule="agreed",
                user_id=user.id,
                note=said["note"],
                is_wished=True,
            )
            return
        date = said["call_at"] and self._get_place().local(said["call_at"]).date()
        summary = self.env._("Completed the details by the link. Write or call back.")
        if said["call_at"]:
            summary = self.env._(
                "Asks for a call, but must not or cannot be called. Look at the lead."
            )
        note = plaintext2html(said["note"]) if said["note"] else False
        todo = self.env.ref("mail.mail_activity_data_todo")
        waiting = self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == todo and activity.summary == summary
        )
        if waiting:  # on the list already: the last word counts, the chatter has all
            vals = {"date_deadline": date} if date else {}
            waiting[:1].write({**vals, **({"note": note} if note else {})})
            return
        self._schedule_next_action(summary, user=user, date=date or None, note=note)
