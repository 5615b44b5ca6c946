from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, html2plaintext

from ..tools import timing

_AGREED_GRACE = timedelta(hours=1)  # after it, an agreed call waits for a decent hour again
_REASONS = 4  # lines of the score on a card
_WORDS = 300  # letters of what was said last


class CrmLead(models.Model):
    """Whom to call now: the calls on a rep's list, at an hour that is right for each lead.

    A planned call is due on its day while the lead's window, or that of its step, is open; one
    that was missed, or put on the list by hand, in the daytime of the lead's working days; one that
    is agreed, or was moved to a moment by hand, at its hour.
    """

    _inherit = "crm.lead"

    @api.model
    def get_call_queue(self, user_id=False, skipped_ids=()):
        """Give a rep's calls of today: who may be called now, best first, and who later.

        The number of queries does not depend on the number of leads.

        :param user_id: whose calls; one's own by default, another's for who sees all leads.
        :param skipped_ids: of leads that come last, whatever their score.
        :return: ``{user_id, users, now, later, blocked}``: ``now`` are cards, ``later`` has ``at``,
            ``blocked`` has no usable number; ``users`` is empty for who has no choice.
        :raises AccessError: it is another's, and one sees one's own leads only.
        """
        self.check_access("read")
        user = self._get_queue_owner(user_id)
        calls = self._get_due_calls(user)
        now, later, blocked = self._sort_by_moment(calls)
        skipped = set(skipped_ids)
        now.sort(key=lambda call: (call["lead"].id in skipped, *self._get_call_rank(call)))
        later.sort(key=lambda call: (call["at"], *self._get_call_rank(call)))
        return {
            "user_id": user.id,
            "users": self._get_queue_users(user),
            "now": self._prepare_call_cards(now),
            "later": [
                {**self._prepare_call_line(call), "at": fields.Datetime.to_string(call["at"])}
                for call in later
            ],
            "blocked": [self._prepare_call_line(call) for call in blocked],
        }

    def _get_queue_owner(self, user_id):
        if not user_id or user_id == self.env.uid:
            return self.env.user
        if not self._may_see_all_queues():
            raise AccessError(
                self.env._("These are a colleague's calls. Open your own Call Queue instead.")
            )
        return self.env["res.users"].browse(user_id).exists() or self.env.user

    def _may_see_all_queues(self):
        return self.env.user.has_group("sales_team.group_sale_salesman_all_leads")

    def _get_queue_users(self, user):
        """Return ``[{id, name}]`` of those with calls on their list, for who may choose."""
        if not self._may_see_all_queues():
            return []
        # sudo: the names of colleagues who have calls to make, and nothing of the calls
        groups = (
            self.env["mail.activity"]
            .sudo()
            ._read_group(self._get_call_activity_domain(), ["user_id"])
        )
        found = self.env["res.users"].search([("id", "in", [owner.id for (owner,) in groups])])
        users = (found | user | self.env.user).sorted("name")
        return [{"id": found.id, "name": found.name} for found in users]

    def _get_call_activity_domain(self):
        return [
            ("res_model", "=", self._name),
            ("activity_type_id.category", "=", "phonecall"),
        ]

    def _get_due_calls(self, user):
        """Return ``[{lead, activity, touch}]``: calls of ``user`` up to today, one for a lead."""
        today = user._get_lead_local(fields.Datetime.now()).date()
        # sudo: the leads behind them are searched with the rights of who asks
        activities = self.env["mail.activity"].sudo()
        activities = activities.search_fetch(
            [
                *self._get_call_activity_domain(),
                ("user_id", "=", user.id),
                ("date_deadline", "<=", today),
            ],
            ["res_id", "summary", "note", "date_deadline"],
            order="date_deadline, id",
        )
        leads = self.with_context(active_test=False).search(
            [
                ("id", "in", activities.mapped("res_id")),
                ("do_not_contact", "=", False),
            ]
        )
        leads = leads.filtered(lambda lead: not lead._get_contact_obstacle())
        # sudo: as for the activities
        touches = self.env["lead.touch"].sudo().search([("activity_id", "in", activities.ids)])
        touch_by_activity = {touch.activity_id: touch for touch in touches}
        calls = {}
        for activity in activities:
            lead = self.browse(activity.res_id)
            touch = touch_by_activity.get(activity, touches.browse())
            if lead in leads:
                calls.setdefault(lead, {"lead": lead, "activity": activity, "touch": touch})
        leads.fetch(["name", "partner_name", "contact_name", "phone", "mobile"])
        return [{**call, "lead": call["lead"].with_prefetch(leads._ids)} for call in calls.values()]

    def _sort_by_moment(self, calls):
        """Return ``(now, later, blocked)`` of ``calls``; those of another day are left out."""
        now, later, blocked = [], [], []
        moment = fields.Datetime.now()
        end_of_day = self._get_end_of_day(moment)
        for call in calls:
            call["at"] = self._get_call_moment(call, moment)
            if not call["lead"]._get_call_numbers():
                blocked.append(call)
            elif call["at"] <= moment:
                now.append(call)
            elif call["at"] < end_of_day:
                later.append(call)
        return now, later, blocked

    def _get_end_of_day(self, moment):
        """Return midnight of whoever looks, in UTC."""
        local = self.env.user._get_lead_local(moment)
        midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return moment + (midnight - local)

    def _get_call_moment(self, call, now):
        """Return from when the lead may be called: ``now``, or a later moment (naive UTC)."""
        touch, place = call["touch"], call["lead"]._get_place()
        is_fixed = touch.slot_rule in ("agreed", "by_hand") and touch.planned_at
        if is_fixed and now < touch.planned_at + _AGREED_GRACE:
            return max(touch.planned_at, now)
        local_day = place.local(now).date()
        is_of_today = touch.planned_at and place.local(touch.planned_at).date() == local_day
        by_window = touch.slot_rule == "window" and is_of_today
        window = touch._get_best_hours() if by_window else timing.DAYTIME
        slot = timing.first_slot("call", now=now, place=place, window=window)
        return now + timedelta(days=366) if isinstance(slot, timing.Blocked) else slot.start

    def _get_call_rank(self, call):
        """Return what puts better calls first: the score, then who waits longest."""
        return -call["lead"].score_total, call["activity"].date_deadline, call["activity"].id

    def _prepare_call_line(self, call):
        lead = call["lead"]
        return {
            "lead_id": lead.id,
            "activity_id": call["activity"].id,
            "name": lead.contact_name or lead.partner_name or lead.name,
            "score": lead.score_total,
        }

    def _prepare_call_cards(self, calls):
        """Return what a rep wants to see before dialling, for all calls at once."""
        leads = self.union(*(call["lead"] for call in calls))
        lines_by_lead = leads._get_score_lines()
        words_by_lead = leads._get_last_words()
        temperatures = dict(self._fields["temperature"]._description_selection(self.env))
        cards = []
        for call in calls:
            lead = call["lead"]
            lines = lines_by_lead.get(lead.id, [])
            cards.append(
                {
                    **self._prepare_call_line(call),
                    "subject": lead.name,
                    "company": lead.partner_name or "",
                    "job": lead.function or "",
                    "number": lead._get_call_numbers()[0],
                    "tz": lead._get_place().tz,
                    "temperature": temperatures.get(lead.temperature, ""),
                    "reasons": self._get_top_reasons(lines),
                    "show": lead.trade_show_id.display_name or "",
                    "summary": call["activity"].summary or "",
                    "instructions": html2plaintext(call["activity"].note or "").strip(),
                    "last_words": words_by_lead.get(lead.id),
                }
            )
        return cards

    def _get_top_reasons(self, lines):
        """Return the weightiest of the score's ``lines``, the rest as one: they add up to it."""
        top = sorted(lines, key=lambda line: -abs(line["points"]))
        top, rest = top[:_REASONS], top[_REASONS:]
        if len(rest) == 1:
            top, rest = top + rest, []
        if rest:
            points = sum(line["points"] for line in rest)
            top.append({"label": self.env._("Everything else"), "points": points})
        return [{"label": line["label"], "points": line["points"]} for line in top]

    def _get_last_words(self):
        """Return ``{lead id: {author, date, text}}``: what a person wrote last, either side."""
        if not self:
            return {}
        self.env["mail.message"].flush_model(["model", "res_id", "date", "message_type", "body"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (message.res_id) message.res_id, message.date, message.body,
                          COALESCE(author.name, message.email_from, '')
                     FROM mail_message message
                     LEFT JOIN res_partner author ON author.id = message.author_id
                    WHERE message.model = 'crm.lead' AND message.res_id = ANY(%s)
                      AND message.message_type IN ('comment', 'email')
                      AND message.body <> ''
                    ORDER BY message.res_id, message.date DESC, message.id DESC""",
                list(self.ids),
            )
        )
        return {
            lead_id: {
                "author": author,
                "date": fields.Datetime.to_string(date),
                "text": html2plaintext(body).strip()[:_WORDS],
            }
            for lead_id, date, body, author in rows
        }
