from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

_LIVE = ("planned", "approval", "queued", "waiting")


class CrmLead(models.Model):
    """Somebody wants to hear no more, by any way: one click stops it all for the person.

    All leads of the person are closed, those of others and of other companies too, for it is his
    wish that counts; whoever asks is told only of what he may see. Nothing is deleted. Only a
    person takes it back, with a reason; see ``_allow_contact``.
    """

    _inherit = "crm.lead"

    contact_stopped_at = fields.Datetime("Everything Stopped On", readonly=True, copy=False)
    contact_stopped_by_id = fields.Many2one(
        "res.users", "Everything Stopped By", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"contact_stopped_at", "contact_stopped_by_id"}

    def write(self, vals):
        if not vals.get("do_not_contact", True) and "contact_stopped_at" not in vals:
            self._check_not_stopped()
        return super().write(vals)

    def _check_not_stopped(self):
        stopped = self.filtered(lambda lead: lead.sudo().contact_stopped_at)[:1]
        if stopped:
            raise UserError(
                self.env._(
                    "“%(lead)s” asked that everything is stopped. Press “Allow Contact Again” on "
                    "the lead, and say why; nothing was changed.",
                    lead=stopped.display_name,
                )
            )

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        closed = opportunities.sudo().filtered("do_not_contact")
        if closed and not self.do_not_contact:
            self.do_not_contact = True
        stopped = closed.filtered("contact_stopped_at")[:1]
        if stopped and not self.sudo().contact_stopped_at:
            self.sudo().write(  # sudo: the program's fields; merging is allowed
                {
                    "contact_stopped_at": stopped.contact_stopped_at,
                    "contact_stopped_by_id": stopped.contact_stopped_by_id.id,
                }
            )
        return result

    def action_stop_everything(self, reason=None):
        """Stop all that goes on for the people these leads are, at once; say what that was.

        :param reason: why, in words; it stands in the note on the leads.
        """
        self.check_access("write")
        people = self._find_people(self, self.env["res.partner"])
        return self._tell_stopped(people, self._stop_everything(people, reason))

    def action_ask_stop_everything(self):
        """Say what would be stopped, with the count, before anything is."""
        return self.env["lead.person.ask"]._open("stop", leads=self)

    def _tell_stopped(self, people, counts_by_lead):
        """Return a notification of what was stopped on the leads that the user may see."""
        seen = people.leads.with_env(self.env)._filtered_access("read")
        total = sum((counts_by_lead.get(lead.id, Counter()) for lead in seen), Counter())
        parts = self._describe_stopped(total)
        parts += [self.env._("addresses closed: %s", len(people.emails))] if people.emails else []
        head = self.env._("Everything is stopped. Leads: %s", len(seen))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": "; ".join([head, *parts]),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _stop_everything(self, people, reason=None):
        """Stop all that goes on for ``people``; return ``{lead id: Counter of words}``.

        Once more stops what has begun since, and tells no more than that.
        """
        stopped = {lead.id: Counter() for lead in people.leads}
        source = self.env._("Asked that everything is stopped")
        leads = people.leads.with_context(lead_consent_source=source)
        news = leads.filtered(lambda lead: not lead.contact_stopped_at)
        for work in (
            self._stop_cadences,
            self._stop_calls,
            self._stop_mails,
            self._stop_links,
            self._stop_recycling,
        ):
            for lead, word, count in work(people):
                stopped[lead.id][word] += count
        leads.filtered(lambda lead: not lead.do_not_contact).do_not_contact = True
        news.write(
            {
                "contact_stopped_at": fields.Datetime.now(),
                "contact_stopped_by_id": self.env.uid,
            }
        )
        self._stop_referrals(people)
        self._close_addresses(people, source)
        noted = news | leads.filtered(lambda lead: stopped[lead.id])
        noted._message_log_batch(
            bodies={lead.id: lead._get_stop_note(stopped[lead.id], reason) for lead in noted},
            author_id=self.env.user.partner_id.id,
        )
        return stopped

    def _get_stop_note(self, counts, reason):
        self.ensure_one()
        parts = [self.env._("Everything was stopped for this person.")]
        if reason:
            parts.append(self.env._("Why: %s.", reason.strip().rstrip(".")))
        what = self._describe_stopped(counts)
        parts.append(
            self.env._("Taken back: %s.", "; ".join(what))
            if what
            else self.env._("Nothing was on its way.")
        )
        return " ".join(parts)

    @api.model
    def _describe_stopped(self, counts):
        """Return the non-zero ``counts`` in words."""
        texts = self._get_stopped_texts()
        return [
            self.env._("%(what)s: %(count)s", what=texts[word], count=counts[word])
            for word in texts
            if counts[word]
        ]

    @api.model
    def _get_stopped_texts(self):
        """Return ``{word: what was stopped}`` in the order of the telling; others add theirs."""
        return {
            "cadence": self.env._("cadences ended"),
            "email": self.env._("e-mails cancelled"),
            "letter": self.env._("letters withdrawn"),
            "call": self.env._("calls taken off the list"),
            "task": self.env._("tasks taken off the list"),
            "link": self.env._("personal links revoked"),
        }

    @api.model
    def _stop_cadences(self, people):
        """End cadences and withdraw what of them is on its way; yield ``(lead, word, count)``."""
        mine = Domain("lead_id", "in", people.leads.ids)
        # sudo: nobody writes touches by hand, and the person's leads may be anybody's
        touches = self.env["lead.touch"].sudo().search(mine & Domain("state", "in", _LIVE))
        live = self.env["lead.cadence.enrollment"].sudo()
        live = live.search(mine & Domain("state", "in", ("active", "paused")))
        counted = [(touch.lead_id, touch.channel, 1) for touch in touches]
        counted += [(enrollment.lead_id, "cadence", 1) for enrollment in live]
        live._stop("do_not_contact")
        touches.exists()._withdraw().write({"reason": "do_not_contact"})
        return counted

    @api.model
    def _stop_calls(self, people):
        """Take calls that people have planned off their lists; other tasks stay."""
        # sudo: as above
        activities = self.env["mail.activity"].sudo()
        calls = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", people.leads.ids),
                ("activity_type_id.category", "=", "phonecall"),
            ]
        )
        counted = [(people.leads.browse(call.res_id), "call", 1) for call in calls]
        calls.unlink()
        return counted

    @api.model
    def _stop_mails(self, people):
        """Cancel what waits in the mail queue from these leads to the person himself."""
        # sudo: as above
        mails = self.env["mail.mail"].sudo()
        mails = mails.search(
            [
                ("state", "=", "outgoing"),
                ("model", "=", self._name),
                ("res_id", "in", people.leads.ids),
            ]
        ).filtered(lambda mail: _goes_to(mail, people))
        mails.cancel()
        return [(people.leads.browse(mail.res_id), "email", 1) for mail in mails]

    @api.model
    def _stop_links(self, people):
        # sudo: nobody writes links by hand
        links = self.env["lead.public.link"].sudo()
        links = links.search(links._get_live_domain() & Domain("lead_id", "in", people.leads.ids))
        links._revoke()
        return [(link.lead_id, "link", 1) for link in links]

    @api.model
    def _stop_recycling(self, people):
        """Tell what is recycled of these leads; closing them ends it. An addon tells of its own."""
        return []

    @api.model
    def _stop_referrals(self, people):
        """Withdraw what the person was asked for, and the links by which he names friends."""
        # sudo: nobody writes referrals by hand
        referrals = self.env["lead.referral"].sudo()
        referrals = referrals.search(
            Domain("partner_id", "in", people.partners.ids)
            | Domain("partner_id.email_normalized", "in", list(people.emails))
        )
        referrals._decline()
        referrals._revoke_links()

    @api.model
    def _close_addresses(self, people, source):
        """Put the addresses, and the numbers nobody else has, on Odoo's lists of those left alone.

        What was there before keeps its own reason, and stays there when contact is allowed again.
        """
        # sudo: whoever works with leads does not keep these lists
        emails = self.env["mail.blacklist"].sudo().with_context(lead_consent_source=source)
        now = fields.Datetime.now()
        entries = emails.search([("email", "in", people.emails)])
        _note_stopped(entries, now)
        known = set(entries.mapped("email"))
        for address in people.emails:
            if address not in known:
                emails._add(address, message=source).lead_stopped_at = now
        phones = self.env["phone.blacklist"].sudo()
        entries = phones.search([("number", "in", people.numbers)])
        _note_stopped(entries, now)
        known = set(entries.mapped("number"))
        numbers = [
            number
            for number in people.numbers
            if number not in known and self.env.user._phone_format(number=number)
        ]
        if numbers:
            phones._add(numbers, message=source).write({"lead_stopped_at": now})
        people.leads.invalidate_recordset(["is_blacklisted", "phone_sanitized_blacklisted"])


def _note_stopped(entries, now):
    entries.filtered(lambda entry: not entry.lead_stopped_at).write(
        {"lead_stopped_at": now, "lead_was_closed": True}
    )


def _goes_to(mail, people):
    addresses = set(email_normalize_all(mail.email_to or ""))
    addresses |= set(mail.recipient_ids.mapped("email_normalized"))
    return not addresses.isdisjoint(people.emails)
