import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LeadFilterMixin(models.AbstractModel):
    """A rule that chooses leads by a filter.

    A filter that does not work is refused. One that works no longer (its field was removed)
    switches its rule off, keeps why, and tells the one who made the rule; the other rules go on.
    """

    _name = "lead.filter.mixin"
    _description = "Rule with a Filter of Leads"

    active = fields.Boolean(default=True)
    domain = fields.Char(default="[]")
    error = fields.Text(readonly=True, copy=False)

    @api.constrains("domain", "active")
    def _check_domain(self):
        for rule in self.filtered("active"):
            if error := rule._get_domain_error():
                raise ValidationError(
                    self.env._(
                        "The filter of “%(rule)s” does not work: %(error)s\n"
                        "Choose it again with the filter editor.",
                        rule=rule.name,
                        error=error,
                    )
                )

    def write(self, vals):
        if vals.get("active") or "domain" in vals:
            vals = {"error": False, **vals}
        return super().write(vals)

    def _get_filter_texts(self):
        """Give the filters this rule keeps, as texts; a kind with several adds the others."""
        return [self.domain]

    def _get_domain_error(self):
        """Say what is wrong with the filter, or nothing."""
        return self._get_filter_error(self._get_domain)

    def _get_filter_error(self, get_domain):
        """Say what is wrong with the filter that ``get_domain()`` returns, or nothing."""
        try:
            with self.env.cr.savepoint():
                self.env["crm.lead"].search(get_domain(), limit=1)
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the answer is the same
            return str(error) or type(error).__name__
        return ""

    def _get_domain(self):
        """Give the whole filter as a ``Domain`` on leads. Each kind of rule says how."""
        raise NotImplementedError

    def _switch_off(self, error):
        """Switch a rule off that does not work, keep why, and tell the one who made it."""
        self.ensure_one()
        rule = self.sudo()  # met while working for anyone
        keepers = rule._get_keepers()  # before the write below makes us the last one to write
        rule.write(rule._prepare_off_vals(error))
        rule._tell_keepers(keepers, lambda mine: mine._describe_off(error))

    def _tell_keepers(self, keepers, describe):
        """Tell ``keepers`` what ``describe(rule)`` gives, (subject, body), each in his language."""
        for user in keepers:
            mine = self.with_context(lang=user.lang)
            subject, body = describe(mine)
            mine.env["mail.thread"].message_notify(
                partner_ids=user.partner_id.ids, subject=subject, body=body
            )

    def _prepare_off_vals(self, error):
        """Give what is written on a rule that is switched off; others may override."""
        return {"active": False, "error": error}

    def _describe_off(self, error):
        """Give (subject, body) of the message that this rule was switched off."""
        kind = self.env["ir.model"]._get(self._name)
        subject = self.env._("%(kind)s “%(rule)s” was switched off", kind=kind.name, rule=self.name)
        body = self.env._(
            "Its filter no longer works: %(error)s. Repair it and switch it on again.", error=error
        )
        return subject, body

    def _get_keepers(self):
        """Give the users who answer for this rule: its maker, else its last writer, else managers.

        Only who may repair it is asked; the program's own user never reads his messages.
        """
        group = "sales_team.group_sale_manager"
        for user in self.create_uid + self.write_uid:
            if user.active and not user._is_superuser() and user.has_group(group):
                return user
        managers = self.env.ref(group).all_user_ids.filtered("active")
        if self.company_id:
            managers &= self.company_id.user_ids
        return managers - self.env.ref("base.user_root")
