from odoo import api, fields, models


class LeadSendingSwitch(models.TransientModel):
    """Asks before the e-mails of a company's cadences are stopped, let go or sent as a test.

    It states how many e-mails the answer concerns.
    """

    _name = "lead.sending.switch"
    _description = "Stop, Release or Test Cadence E-mails"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("stop", "Stop all"),
            ("release", "Let go"),
            ("test", "Send as a test"),
            ("live", "End the test"),
        ],
        required=True,
        readonly=True,
        default="stop",
    )
    test_email = fields.Char(
        "Test Address", compute="_compute_test_email", store=True, readonly=False
    )
    question = fields.Text(compute="_compute_question")

    @api.depends("company_id")
    def _compute_test_email(self):
        for wizard in self:
            wizard.test_email = wizard.company_id.lead_test_email or self.env.user.email

    @api.depends("company_id", "kind")
    def _compute_question(self):
        for wizard in self:
            wizard.question = wizard._get_question()

    def _get_question(self):
        """Return what will happen, with the count."""
        company = self.company_id
        counts = company._count_held_emails()
        if self.kind == "stop":
            return self.env._(
                "No cadence e-mail of %(company)s leaves any more, and no letter is made. "
                "%(count)s e-mails that are queued wait until you let them go. "
                "All other mail goes on.",
                company=company.name,
                count=counts["waiting"],
            )
        if self.kind == "test":
            return self.env._(
                "From now on each cadence e-mail of %(company)s goes to the test address instead "
                "of its lead: %(count)s are queued. No lead counts as contacted, and each cadence "
                "waits at that e-mail. Calls and letters are not tests.",
                company=company.name,
                count=counts["waiting"],
            )
        if self.kind == "release":
            going = counts["held"] - (counts["tested"] if company.lead_test_mode else 0)
            addressee = company.lead_test_mode and company.lead_test_email
        else:
            going = 0 if company.lead_sending_stopped else counts["tested"]
            addressee = False
        return self._get_release_text(going, counts, addressee)

    def _get_release_text(self, going, counts, test_email):
        texts = [
            self.env._(
                "%(count)s e-mails will go to the test address %(address)s.",
                count=going,
                address=test_email,
            )
            if test_email
            else self.env._("%(count)s e-mails will go out to their leads.", count=going)
        ]
        if self.kind == "live" and self.company_id.lead_sending_stopped:
            texts.append(
                self.env._(
                    "All sending is stopped: the %(count)s tested ones wait as well until you let "
                    "them go.",
                    count=counts["tested"],
                )
            )
        if going and counts["overdue"]:
            texts.append(
                self.env._(
                    "The hour of %(count)s has passed. They get a new one from now, in the best "
                    "hours of their leads and under the cap of their sender; they don't leave all "
                    "at once.",
                    count=min(going, counts["overdue"]),
                )
            )
        return " ".join(texts)

    def action_apply(self):
        """Turn the switch."""
        self.ensure_one()
        company = self.company_id
        company.check_access("write")
        company.write(
            {
                "stop": {"lead_sending_stopped": True},
                "release": {"lead_sending_stopped": False},
                "test": {"lead_test_email": self.test_email, "lead_test_mode": True},
                "live": {"lead_test_mode": False},
            }[self.kind]
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
