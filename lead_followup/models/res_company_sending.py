from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize


class ResCompany(models.Model):
    """A company's switches for its cadences' e-mails: stop all, send as a test, and how fast.

    Stopping works at once: what waits is out of the mail queue's sight when the switch is saved.
    Letting go is done in the background. Who did it and when stands on the company and, as a
    note, on its contact.
    """

    _inherit = "res.company"

    lead_sending_stopped_at = fields.Datetime("Sending Stopped On", readonly=True)
    lead_sending_stopped_by_id = fields.Many2one("res.users", "Sending Stopped By", readonly=True)
    lead_email_hourly = fields.Integer(
        "E-mails a Sender and Hour",
        default=120,
        help="Cadence e-mails in one name an hour; 0 is no limit. They keep their distance.",
    )
    lead_test_mode = fields.Boolean(
        "Cadence E-mails as a Test",
        help="They go to the test address instead of the leads, who don't count as contacted.",
    )
    lead_test_email = fields.Char("Test Address")

    _lead_email_hourly_in_bounds = models.Constraint(
        "CHECK(lead_email_hourly BETWEEN 0 AND 3600)",
        "The e-mails of a sender in an hour are 1 to 3,600, or 0 for no limit.",
    )

    @api.constrains("lead_test_mode", "lead_test_email")
    def _check_lead_test_email(self):
        for company in self:
            if company.lead_test_email and not email_normalize(company.lead_test_email):
                raise ValidationError(
                    self.env._(
                        "“%(address)s” is no e-mail address. Give one to which tests may go.",
                        address=company.lead_test_email,
                    )
                )
            if company.lead_test_mode and not company.lead_test_email:
                raise ValidationError(
                    self.env._("Give the address to which the test e-mails go; then switch it on.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_plain_test_email(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._with_plain_test_email(vals)
        turned = {
            name: self.filtered(lambda company, name=name: company[name] != bool(vals[name]))
            for name in ("lead_sending_stopped", "lead_test_mode")
            if name in vals
        }
        result = super().write(vals)
        for name, companies in turned.items():
            for company in companies:
                company._note_sending_switch(name)
        return result

    @api.model
    def _with_plain_test_email(self, vals):
        """Return ``vals`` with the bare test address, as senders are compared with it."""
        address = email_normalize(vals.get("lead_test_email") or "")
        return {**vals, "lead_test_email": address} if address else vals

    def _note_sending_switch(self, name):
        """Do what follows from the switch ``name``, which was turned just now, and write it down.

        A database has no settings log: the note goes to the company's contact.
        """
        self.ensure_one()
        # sudo: who may turn the switch need not see the touches, nor write to the contact
        touches = self.env["lead.touch"].sudo()
        if name == "lead_sending_stopped" and self.lead_sending_stopped:
            self.write(
                {
                    "lead_sending_stopped_at": fields.Datetime.now(),
                    "lead_sending_stopped_by_id": self.env.user.id,
                }
            )
            count = touches._hold_all(self)
            note = self.env._("Stopped all cadence e-mails; %(count)s wait.", count=count)
        elif name == "lead_test_mode" and self.lead_test_mode:
            note = self.env._(
                "Cadence e-mails go to %(address)s as a test.", address=self.lead_test_email
            )
        else:
            count = self._count_held_emails()["released"]
            note = (
                self.env._("Cadence e-mails go out again; %(count)s were held.", count=count)
                if name == "lead_sending_stopped"
                else self.env._(
                    "Cadence e-mails are no test any more; %(count)s go to their leads.",
                    count=count,
                )
            )
            self.env.ref("lead_followup.ir_cron_release_held_emails").sudo()._trigger()
        self.partner_id.sudo()._message_log(body=note)

    def _count_held_emails(self):
        """Return how many e-mails of this company are held.

        :return: ``{"waiting": queued or held, "held": all held, "tested": of these, sent as a
            test, "overdue": held whose moment has passed, "released": those that may go now}``.
        """
        self.ensure_one()
        # sudo: numbers only
        touches = self.env["lead.touch"].sudo()
        own = touches._get_company_domain(self)
        held = own & touches._get_held_domain()
        tested = own & touches._get_tested_domain()
        domain_by_name = {
            "waiting": own & Domain([("channel", "=", "email"), ("state", "=", "queued")]),
            "held": held,
            "tested": tested,
            "overdue": held & Domain("planned_at", "<=", fields.Datetime.now()),
            "released": own & touches._get_released_domain(),
        }
        return {name: touches.search_count(domain) for name, domain in domain_by_name.items()}

    def _get_lead_pace_seconds(self):
        """Return the least distance of two e-mails in one name, in seconds; 0 is none."""
        self.ensure_one()
        return 3600 // self.lead_email_hourly if self.lead_email_hourly else 0

    @api.model
    @api.readonly
    def get_lead_sending_state(self):
        """Return what holds the e-mails of the user's companies up, for a banner.

        :return: ``[{company, is_stopped, test_email, count}]``, only companies that stop or test.
        """
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            return []
        # sudo: a salesperson need not read companies' settings
        companies = self.env.companies.sudo()
        return [
            {
                "company": company.name,
                "is_stopped": company.lead_sending_stopped,
                "test_email": company.lead_test_mode and company.lead_test_email,
                "count": company._count_held_emails()["held"],
            }
            for company in companies
            if company.lead_sending_stopped or company.lead_test_mode
        ]
