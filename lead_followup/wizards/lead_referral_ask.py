from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class LeadReferralAsk(models.TransientModel):
    """Asks customers for a referral, once a person has seen how many, and who is left out."""

    _name = "lead.referral.ask"
    _description = "Ask for a Referral"

    partner_ids = fields.Many2many("res.partner", context={"active_test": False})
    lead_ids = fields.Many2many("crm.lead", context={"active_test": False})
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, required=True, readonly=True
    )
    channel = fields.Selection(
        selection=lambda self: (
            self.env["lead.referral"]._fields["channel"]._description_selection(self.env)
        ),
        default="email",
        required=True,
    )
    template_id = fields.Many2one(
        "mail.template",
        "E-mail",
        domain="[('model', '=', 'lead.referral')]",
        default=lambda self: self.env.ref(
            "lead_followup.mail_template_referral_ask", raise_if_not_found=False
        ),
        ondelete="cascade",
    )
    can_count = fields.Integer(compute="_compute_split")
    summary = fields.Char(compute="_compute_split")
    left_out_text = fields.Text(compute="_compute_split")
    ask_text = fields.Char(compute="_compute_split")

    @api.constrains("company_id")
    def _check_company_id(self):
        if self.company_id - self.env.companies:
            raise AccessError(
                self.env._(
                    "You can ask only for companies you are working in. Choose yours at the top "
                    "right; nothing was asked."
                )
            )

    @api.depends("channel", "partner_ids", "lead_ids")
    @api.depends_context("lang")
    def _compute_split(self):
        for wizard in self:
            can, left_out, _lead_by_partner = wizard._split()
            count = wizard.can_count = len(can)
            total = count + sum(map(len, left_out.values()))
            wizard.summary = self.env._(
                "%(count)s of %(total)s can be asked.", count=count, total=total
            )
            wizard.left_out_text = wizard._describe(left_out)
            wizard.ask_text = (
                self.env._("Ask 1 Customer")
                if count == 1
                else self.env._("Ask %(count)s Customers", count=count)
            )

    def action_ask(self):
        """Ask those who may be asked now, and say how many that were.

        :raises UserError: nobody can be asked, or no e-mail is chosen.
        """
        self.ensure_one()
        if self.channel == "email" and not self.template_id:
            raise UserError(self.env._("Choose the e-mail that asks."))
        can, left_out, lead_by_partner = self._split()
        if not can:
            raise UserError(
                self.env._(
                    "None of them can be asked.\n%(why)s\nChoose others.",
                    why=self._describe(left_out),
                )
            )
        can.check_access("read")
        referrals, missed = self.env["lead.referral"]._ask(
            can, self.channel, self.company_id, self.template_id, lead_by_partner
        )
        if len(referrals) == 1 and self.channel != "email":
            return referrals._open()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._get_result_text(referrals, missed),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_result_text(self, referrals, missed):
        failed = referrals.filtered(lambda one: one.state == "failed")
        asked = len(referrals - failed)
        late = len(failed) + sum(map(len, missed.values()))
        text = (
            self.env._("%(count)s e-mails that ask for a referral are queued.", count=asked)
            if self.channel == "email"
            else self.env._("%(count)s asks are noted.", count=asked)
        )
        if late:
            text += " " + self.env._("%(count)s could not be asked after all.", count=late)
        return text

    def _split(self):
        """Return ``(partners, {word: records left out}, {partner: lead})``."""
        self.ensure_one()
        referrals = self.env["lead.referral"]
        won = self.lead_ids.filtered(lambda lead: lead.won_status == "won")
        lead_by_partner = {lead.partner_id: lead for lead in won.sorted("id")}
        partners = self.partner_ids | won.partner_id
        can, left_out = referrals._split_askable(partners, self.channel, self.company_id)
        for word, leads in (
            ("not_won", self.lead_ids - won),
            ("no_contact", won.filtered(lambda lead: not lead.partner_id)),
        ):
            if leads:
                left_out[word] = leads
        return can, left_out, lead_by_partner

    def _describe(self, left_out):
        """Return a line for each reason why some are left out."""
        texts = self.env["lead.referral"]._get_reason_texts()
        return "\n".join(
            f"{texts.get(word, word)}: {len(records)}" for word, records in left_out.items()
        )

    @api.model
    def _open(self, partners=None, leads=None):
        wizard = self.create(
            {
                "partner_ids": [(6, 0, partners.ids if partners else [])],
                "lead_ids": [(6, 0, leads.ids if leads else [])],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a Referral"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }
