import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

_MANAGERS = "sales_team.group_sale_manager"


class ResCompany(models.Model):
    """Who answers for the way from lead to customer, and hears once a month where it leaks."""

    _inherit = "res.company"

    lead_health_user_id = fields.Many2one(
        "res.users",
        "Process Owner",
        domain="[('share', '=', False)]",
        help="Gets one e-mail a month where the process leaks. Empty: nobody does.",
    )
    lead_health_told_on = fields.Date(
        readonly=True,
        help="The last day on which it was looked whether there is something to tell.",
    )

    @api.constrains("lead_health_user_id")
    def _check_lead_health_user(self):
        for company in self:
            owner = company.lead_health_user_id
            if owner and not company._may_be_told(owner):
                raise ValidationError(
                    self.env._(
                        "%(user)s can't open the process health of %(company)s.\nGive him the role "
                        "Administrator of Sales and that company first, or choose somebody else.",
                        user=owner.name,
                        company=company.name,
                    )
                )

    def write(self, vals):
        """Tell a new owner with the next run, whatever the one before was told."""
        owner_id = vals.get("lead_health_user_id")
        if owner_id and "lead_health_told_on" not in vals:
            changed = self.filtered(lambda company: company.lead_health_user_id.id != owner_id)
            super(ResCompany, changed).write({"lead_health_told_on": False})
        return super().write(vals)

    @api.model
    def _cron_tell_lead_health(self):
        """Queue the month's message to each company's process owner, each once a month."""
        month = fields.Date.start_of(fields.Date.today(), "month")
        untold = Domain("lead_health_told_on", "=", False)
        untold |= Domain("lead_health_told_on", "<", month)
        todo = self.search(Domain("lead_health_user_id", "!=", False) & untold, order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(todo))
        for company in todo:
            try:
                with self.env.cr.savepoint():
                    company.try_lock_for_update()._tell_lead_health()
            except psycopg2.OperationalError:
                raise  # two transactions met: the scheduler tries again
            except Exception:
                _logger.exception("Process health of %s was not told", company)
            if not cron._commit_progress(1):
                break

    def _may_be_told(self, user):
        """Say whether ``user`` is there and may see the process health of this company."""
        self.ensure_one()
        return user.active and self in user.company_ids and user.has_group(_MANAGERS)

    def _tell_lead_health(self):
        """Queue the message to the process owner of each, where something leaks.

        The numbers are those he sees himself. In his language and time zone.
        """
        for company in self:
            company.lead_health_told_on = fields.Date.today()
            owner = company.lead_health_user_id
            if not company._may_be_told(owner):
                _logger.warning("%s may no longer see the process health of %s", owner, company)
                continue
            checks = self.env["lead.health.check"].with_user(owner).with_company(company)
            checks = checks.with_context(
                allowed_company_ids=company.ids, lang=owner.lang, tz=owner.tz
            )
            checks.search([("company_id", "in", (company.id, False))])._tell(owner, company)


class LeadHealthCheck(models.Model):
    _inherit = "lead.health.check"

    def _tell(self, owner, company):
        """Queue one message to ``owner`` that lists those of these checks that leak; none: none."""
        leaks = self.filtered("count").sorted(
            lambda check: (("high", "medium", "low").index(check.severity), check.sequence)
        )
        if not leaks:
            return
        severities = dict(self._fields["severity"]._description_selection(self.env))
        base_url = company.get_base_url()
        values = {
            "company": company,
            "items": [
                {
                    "check": check,
                    "severity": severities[check.severity],
                    "link": f"{base_url}/odoo/process-health/{check.id}/process-leak",
                }
                for check in leaks
            ],
            "page_link": f"{base_url}/odoo/process-health",
        }
        body = self.env["ir.qweb"]._render(
            "lead_nurture.lead_health_mail", values, minimal_qcontext=True
        )
        self.env["mail.thread"].sudo().message_notify(  # sudo: in the company's name
            partner_ids=owner.partner_id.ids,
            subject=leaks._describe_leaks(company),
            body=body,
            email_layout_xmlid="mail.mail_notification_layout",
            email_add_signature=False,
            force_send=False,
        )

    def _describe_leaks(self, company):
        if len(self) == 1:
            return self.env._("%s: the process leaks at one place", company.name)
        return self.env._(
            "%(company)s: the process leaks at %(count)s places",
            company=company.name,
            count=len(self),
        )
