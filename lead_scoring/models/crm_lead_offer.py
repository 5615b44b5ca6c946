import logging
from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .lead_assignment_desk import Desk
from .lead_working_hours import WorkingHours

_logger = logging.getLogger(__name__)

_OFFER_BATCH = 500  # leads a transaction
_SOON = timedelta(minutes=1)
_MAIL_LEADS = 10  # leads named in one mail; the others are in the list it links to


class CrmLead(models.Model):
    """Offers qualified leads to salespeople, best score first, and tells each of them once."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_to_offer_domain(self):
        """Give the leads that wait for a salesperson. Others may narrow it."""
        return [
            ("lifecycle", "=", "mql"),
            ("user_id", "=", False),
            ("won_status", "=", "pending"),
            ("active", "=", True),
            ("not_a_buyer", "=", False),
        ]

    @api.model
    def _trigger_offering(self, at=None):
        cron = self.env.ref("lead_scoring.ir_cron_offer_leads", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at)  # anyone's act may qualify a lead

    @api.model
    def _cron_offer_leads(self):
        """Pass on offers that are too old, offer what waits, remind of offers nobody answers."""
        cron = self.env["ir.cron"]
        for find, act in (
            (self._get_worked_leads, type(self)._accept_by_work),
            (self._get_expired_leads, type(self)._expire_offers),
            (self._get_waiting_leads, type(self)._offer_qualified),
        ):
            leads = find()
            cron._commit_progress(remaining=len(leads))
            for start in range(0, len(leads), _OFFER_BATCH):
                batch = leads[start : start + _OFFER_BATCH]
                batch._act_or_leave(act)
                if not cron._commit_progress(len(batch)):
                    return  # out of time: the scheduler calls again
        self._remind_offers()

    @api.model
    def _get_waiting_leads(self):
        return self.search(self._get_to_offer_domain(), order="score_total desc, id")

    def _act_or_leave(self, act):
        """Do ``act`` on one batch of the cron; what fails is logged and waits for the next run.

        What others are at work on is looked at again in a minute.

        :param act: it looks once more what there is to do: others may have done it since.
        """
        is_left = False
        try:
            with self.env.cr.savepoint():
                free = self.try_lock_for_update()  # who has locked a lead is at work on it
                act(free)
                is_left = free != self
        except psycopg2.OperationalError:
            _logger.info("Others were at work, left for a minute: %s", self)
            is_left = True
        except Exception:
            _logger.exception("%s failed, left for the next run: %s", act.__name__, self)
        if is_left:
            self._trigger_offering(fields.Datetime.now() + _SOON)

    def _offer_qualified(self):
        """Offer those of these leads that are ``mql`` and nobody's, and give those offered.

        Best score first. The owner and team of a lead are set, a hand-over is written, and each
        salesperson is told once of all he gets. What nobody can take says why it waits. The number
        of queries grows with the rules and the people chosen, not with the leads.
        """
        waiting = self.sudo().filtered_domain(  # whoever's act qualified them, the rules decide
            self._get_to_offer_domain()
        )
        waiting = waiting.filtered(lambda lead: lead._get_settings_company().lead_offer_enabled)
        if not waiting:
            return self.browse()
        rules = self.env["lead.assignment.rule"].sudo().search([("active", "=", True)])
        rules._lock()
        waiting = waiting.sorted(lambda lead: (-lead.score_total, lead.id))
        matching = {rule: set(rule._get_matching_leads(waiting)._ids) for rule in rules}
        desk = Desk(rules, waiting)
        chosen, reasons = {}, {}
        for lead in waiting:
            rule, user, reason = lead._find_salesperson(rules, matching, desk)
            if user:
                chosen[lead] = (rule, user)
                desk.take(user, rule)
            else:
                reasons[lead] = reason
        for rule in rules.filtered(lambda rule: rule.last_user_id != desk.last_by_rule[rule]):
            rule.last_user_id = desk.last_by_rule[rule]
        offered = waiting._hand_over(chosen)
        for reason, leads in self._group_by_value(reasons).items():
            leads.filtered(lambda lead, why=reason: lead.waiting_reason != why).write(
                {"waiting_reason": reason}
            )
        return offered.with_env(self.env)

    @api.model
    def _group_by_value(self, value_by_lead):
        leads_by_value = defaultdict(self.browse)
        for lead, value in value_by_lead.items():
            leads_by_value[value] |= lead
        return leads_by_value

    def _in_company_lang(self):
        """Give this lead in its company's language, in which is written what everybody reads."""
        lang = self._get_settings_company().partner_id.lang
        known = dict(self.env["res.lang"].get_installed())
        return self.with_context(lang=lang if lang in known else "en_US")

    def _find_salesperson(self, rules, matching, desk):
        """Give (rule, user, None), or (None, None, why nobody takes this lead)."""
        self.ensure_one()
        passed_over = []
        for rule in rules:
            if self.id not in matching[rule]:
                continue
            people = rule._get_people(self, desk)
            able = desk.filter_able(people, self)
            if user := able and rule._choose(self, able, desk):
                return rule, user, None
            passed_over.append((rule, people))
        return None, None, self._in_company_lang()._explain_waiting(rules, passed_over, desk)

    def _explain_waiting(self, rules, passed_over, desk):
        """Say why nobody takes this lead.

        :param passed_over: (rule, its people) of the rules that match, in their order.
        """
        if not rules:
            return self.env._("There is no assignment rule yet.")
        if not passed_over:
            return self.env._("No assignment rule matches this lead.")
        rule, people = passed_over[0]
        rule = rule.with_env(self.env)
        if not people:
            return self.env._("Rule “%s” has nobody to offer it to.", rule.name)
        why = ", ".join(f"{user.name} {desk.get_excuse(user, self)}" for user in people[:3])
        if len(people) > 3:
            why = self.env._("%(some)s and %(count)s more", some=why, count=len(people) - 3)
        return self.env._("Rule “%(rule)s”: %(why)s.", rule=rule.name, why=why)

    def _hand_over(self, chosen):
        """Write down and make known what was decided: ``{lead: (rule, user)}``."""
        quiet = {"mail_auto_subscribe_no_notify": True, "lead_offering": True}
        leads_by_target = defaultdict(self.browse)
        for lead, (rule, user) in chosen.items():
            leads_by_target[user, rule.team_id or lead._get_interest_team()] |= lead
        for (user, team), leads in leads_by_target.items():
            leads.with_context(**quiet)._handle_salesmen_assignment(
                user_ids=user.ids, team_id=team.id
            )
        offered = self.browse().union(*chosen)
        offered.filtered("waiting_reason").write({"waiting_reason": False})
        self.env["lead.handover"].create(
            [lead._prepare_handover_vals(user, rule) for lead, (rule, user) in chosen.items()]
        )
        for user, leads in self._group_by_value(
            {lead: user for lead, (_rule, user) in chosen.items()}
        ).items():
            leads._notify_offer(user)
        return offered

    def _get_interest_team(self):
        return self.interest_ids.team_id[:1]

    def _prepare_handover_vals(self, user, rule=None, state="offered"):
        self.ensure_one()
        now = fields.Datetime.now()
        return {
            "lead_id": self.id,
            "user_id": user.id,
            "rule_id": rule.id if rule else False,
            "score": self.score_total,
            "offered_at": now,
            "answered_at": now if state == "accepted" else False,
            "state": state,
        }

    def _notify_offer(self, user):
        """Tell ``user`` once about these leads: what they are worth, why, and what to do."""
        told = self.with_context(lang=user.lang)
        subject = (
            told.env._("“%s” is offered to you", self.name)
            if len(self) == 1
            else told.env._("%s qualified leads are offered to you", len(self))
        )
        thread = self if len(self) == 1 else self.env["mail.thread"].sudo()
        thread.message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=told._render_offer(user),
            email_layout_xmlid="mail.mail_notification_layout",  # as wide as a phone, unlike light
            email_add_signature=False,
        )

    def _get_offer_reasons(self):
        """Give ``{lead id: text}``: what these leads were qualified for beside their score."""
        events = self.env["lead.event"].sudo()  # whoever's act made the offers
        kinds = dict(events._fields["kind"]._description_selection(self.env))
        reasons = {}
        for event in events.search(
            [("lead_id", "in", self.ids), ("kind", "in", events._FAST_LANE_KINDS)],
            order="occurred_at, id",
        ):
            reasons[event.lead_id.id] = ": ".join(filter(None, [kinds[event.kind], event.note]))
        return reasons

    def _render_offer(self, user):
        """Give the text of the mail: the best leads, each with what answers it in one click."""
        shown = self.sorted("score_total", reverse=True)[:_MAIL_LEADS]
        lines_by_lead = shown._get_score_lines()
        offers = self.env["lead.handover"].sudo()  # whoever's act made the offers
        offer_by_lead = offers.search(
            [("lead_id", "in", shown.ids), ("state", "=", "offered"), ("user_id", "=", user.id)]
        ).grouped(lambda offer: offer.lead_id.id)
        reason_by_lead = shown.with_context(lang=user.lang)._get_offer_reasons()
        items = [
            {
                "lead": lead,
                "reason": reason_by_lead.get(lead.id),
                "link": lead._notify_get_action_link("view"),
                "lines": [line for line in lines_by_lead.get(lead.id, []) if line["points"]],
                "offer": offer_by_lead.get(lead.id, offers),
            }
            for lead in shown
        ]
        values = {
            "items": items,
            "rest": len(self) - len(shown),
            "list_link": shown[:1].get_base_url() + offers._get_list_path(),
        }
        return self.env["ir.qweb"]._render(
            "lead_scoring.lead_offer_mail", values, minimal_qcontext=True
        )

    @api.model
    def _get_overdue_offers(self, hours_field, extra=()):
        """Give the open offers older than their company's ``hours_field``, in working hours.

        The hours are the salesperson's own where he has such, see ``WorkingHours``.
        """
        now = fields.Datetime.now()
        offers = self.env["lead.handover"].search(
            [
                ("state", "=", "offered"),
                "|",
                ("lead_id.company_id", "=", False),
                ("lead_id.company_id.active", "=", True),
                *extra,
            ]
        )
        company_by_offer = {offer: offer.lead_id._get_settings_company() for offer in offers}
        # working hours are never more than those by the clock, which cost nothing to count
        old = offers.filtered(
            lambda offer: (
                now - offer.offered_at >= timedelta(hours=company_by_offer[offer][hours_field])
            )
        )
        if not old:
            return old
        companies = self.env["res.company"].union(*(company_by_offer[offer] for offer in old))
        since = max(min(old.mapped("offered_at")), now - timedelta(days=366))
        hours = WorkingHours(old.user_id, companies, since, now)
        return old.filtered(
            lambda offer: (
                hours.count(offer.user_id, company_by_offer[offer], offer.offered_at)
                >= company_by_offer[offer][hours_field]
            )
        )

    @api.model
    def _remind_offers(self):
        """Remind once of each offer nobody has answered for so many working hours.

        Who can't be told is logged and told at the next run; the others are told now.
        """
        offers = self._get_overdue_offers("lead_offer_remind_hours", [("reminded_at", "=", False)])
        for user, mine in offers.grouped("user_id").items():
            self._remind_or_leave(user, mine)

    @api.model
    def _remind_or_leave(self, user, offers):
        try:
            with self.env.cr.savepoint():
                offers.lead_id._notify_offer(user)
                offers.write({"reminded_at": fields.Datetime.now()})
        except Exception:
            _logger.exception("Reminding failed, left for the next run: %s", offers)

    @api.model
    def _get_expired_leads(self, extra=()):
        """Give the leads whose offer was reminded of, and that nobody has answered for longer."""
        reminded = [("reminded_at", "!=", False), *extra]
        return self._get_overdue_offers("lead_offer_expire_hours", reminded).lead_id

    def _expire_offers(self):
        """End the offers of these leads where they are too old; the leads wait for the next."""
        leads = self._get_expired_leads([("lead_id", "in", self.ids)])
        leads._close_offers("expired")
        leads.filtered(lambda lead: lead.lifecycle == "mql")._free_owner()
