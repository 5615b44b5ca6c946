import logging
from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from .lead_assignment_rule import Desk

_logger = logging.getLogger(__name__)

_OFFER_BATCH = 500  # leads a transaction


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
    def _trigger_offering(self):
        cron = self.env.ref("lead_scoring.ir_cron_offer_leads", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()  # anyone's act may qualify a lead

    @api.model
    def _cron_offer_leads(self):
        """Pass on offers that are too old, offer what waits, remind of offers nobody answers."""
        try:
            with self.env.cr.savepoint():
                self._accept_worked_offers()
                self._expire_offers()
        except Exception:
            _logger.exception("Old offers could not be passed on, left for the next run")
        cron = self.env["ir.cron"]
        waiting = self.search(self._get_to_offer_domain(), order="score_total desc, id")
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), _OFFER_BATCH):
            batch = waiting[start : start + _OFFER_BATCH].try_lock_for_update()
            batch._offer_or_leave()
            if not cron._commit_progress(len(batch)):
                return  # out of time: the scheduler calls again
        self._remind_offers()

    def _offer_or_leave(self):
        """Offer one batch of the cron; what fails is logged and waits on."""
        try:
            with self.env.cr.savepoint():
                self.filtered_domain(self._get_to_offer_domain())._offer_qualified()
        except Exception:
            _logger.exception("Offering failed, left for the next run: %s", self)

    def _offer_qualified(self):
        """Offer those of these leads that are ``mql`` and nobody's, and give those offered.

        Best score first. The owner and team of a lead are set, a hand-over is written, and each
        salesperson is told once of all he gets. What nobody can take says why it waits. The number
        of queries grows with the rules and the people chosen, not with the leads.
        """
        waiting = self.sudo().filtered_domain(  # whoever's act qualified them, the rules decide
            self._get_to_offer_domain()
        )
        waiting = waiting.filtered(
            lambda lead: (lead.company_id or self.env.company).lead_offer_enabled
        )
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
                rule.last_user_id = user
                desk.take(user)
            else:
                reasons[lead] = reason
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

    def _find_salesperson(self, rules, matching, desk):
        """Give (rule, user, None), or (None, None, why nobody takes this lead)."""
        self.ensure_one()
        excuses = []
        for rule in rules:
            if self.id not in matching[rule]:
                continue
            people = rule._get_people(self, desk)
            able = people.filtered(lambda user: not desk.get_excuse(user, self))
            if user := able and rule._choose(self, able, desk):
                return rule, user, None
            excuses.append((rule, people))
        if not rules:
            return None, None, self.env._("There is no assignment rule yet.")
        if not excuses:
            return None, None, self.env._("No assignment rule matches this lead.")
        rule, people = excuses[0]
        if not people:
            return None, None, self.env._("Rule “%s” has nobody to offer it to.", rule.name)
        why = ", ".join(f"{user.name} {desk.get_excuse(user, self)}" for user in people[:3])
        if len(people) > 3:
            why = self.env._("%(some)s and %(count)s more", some=why, count=len(people) - 3)
        return None, None, self.env._("Rule “%(rule)s”: %(why)s.", rule=rule.name, why=why)

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
        env = self.with_context(lang=user.lang).env
        shown = self.sorted("score_total", reverse=True)[:10]
        lines_by_lead = shown._get_score_lines()
        items = Markup("").join(
            Markup("<li><a href='%s'>%s</a>: %s<br/><span>%s</span></li>")
            % (
                lead._notify_get_action_link("view"),
                lead.name,
                env._("score %s", lead.score_total),
                ", ".join(
                    f"{line['label']} {line['points']:+d}"
                    for line in lines_by_lead.get(lead.id, [])
                    if line["points"]
                ),
            )
            for lead in shown
        )
        rest = len(self) - len(shown)
        more = Markup("<p>%s</p>") % env._("And %s more in your list.", rest) if rest else ""
        subject = (
            env._("“%s” is offered to you", self.name)
            if len(self) == 1
            else env._("%s qualified leads are offered to you", len(self))
        )
        hint = env._("Open each, accept it or return it with a reason, and plan the first contact.")
        thread = self if len(self) == 1 else self.env["mail.thread"].sudo()
        thread.message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=Markup("<p>%s</p><ul>%s</ul>%s") % (hint, items, more),
            email_layout_xmlid="mail.mail_notification_light",
        )

    @api.model
    def _get_overdue_offers(self, hours_field, extra=()):
        """Give the open offers older than their company's ``hours_field``, in working hours."""
        now = fields.Datetime.now()
        offers = self.env["lead.handover"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            calendar = company.resource_calendar_id
            hours = company[hours_field]
            bound = calendar and calendar.plan_hours(-hours, now, compute_leaves=True)
            offers |= offers.search(
                [
                    ("state", "=", "offered"),
                    ("offered_at", "<=", bound or now - timedelta(hours=hours)),
                    ("lead_id.company_id", "in", [company.id, False]),
                    *extra,
                ]
            )
        return offers

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
    def _expire_offers(self):
        """End each offer nobody has answered for longer still; its lead waits for the next."""
        offers = self._get_overdue_offers("lead_offer_expire_hours", [("reminded_at", "!=", False)])
        offers.write({"state": "expired", "answered_at": fields.Datetime.now()})
        offers.flush_recordset()
        offers.lead_id.filtered(lambda lead: lead.lifecycle == "mql")._free_owner()
