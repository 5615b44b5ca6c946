from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class LeadReferral(models.Model):
    """A customer's word of mouth: one ask, or friends he sent unasked, and what came of it.

    Nobody is asked twice within the company's set time, by whatever door and however many people
    press at once: of all asks of one address or contact only the latest holds ``ask_key``, which
    the database keeps unique. An ask that never left does not count.
    """

    _name = "lead.referral"
    _description = "Referral"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", index=True
    )
    lead_id = fields.Many2one(
        "crm.lead",
        "Asked After",
        ondelete="set null",
        index="btree_not_null",
        help="The deal after which the customer was asked.",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    user_id = fields.Many2one("res.users", "Salesperson", index="btree_not_null")
    channel = fields.Selection(
        [
            ("email", "Email"),
            ("booth", "At the booth"),
            ("call", "Call"),
            ("letter", "Letter"),
            ("hand", "By hand"),
        ],
        required=True,
        default="email",
    )
    is_ask = fields.Boolean("Asked", help="We asked; else the customer sent friends unasked.")
    asked_at = fields.Datetime("Asked On", help="Empty until the e-mail has gone out.")
    asked_by_id = fields.Many2one("res.users", index="btree_not_null")
    ask_key = fields.Char(copy=False, export_string_translation=False)
    link_id = fields.Many2one(
        "lead.public.link", "Public Link", ondelete="set null", index="btree_not_null", copy=False
    )
    ask_url = fields.Char("Personal Link", compute="_compute_ask_url")
    expires_at = fields.Datetime("Link Expires", related="link_id.expires_at")
    state = fields.Selection(
        [
            ("to_send", "To Send"),
            ("asked", "Asked"),
            ("answered", "Named Friends"),
            ("won", "Won"),
            ("declined", "Declined"),
            ("expired", "Expired"),
            ("failed", "Not Asked"),
        ],
        required=True,
        default="to_send",
        index=True,
    )
    reason = fields.Char(help="The word for why the customer could not be asked.")
    reason_text = fields.Char("Why", compute="_compute_reason_text")
    referred_lead_ids = fields.One2many("crm.lead", "referral_id", "Leads")
    friend_ids = fields.Many2many(
        "crm.lead",
        "lead_referral_friend_rel",
        "referral_id",
        "lead_id",
        "Friends",
        context={"active_test": False},
        help="All whom the customer has named, those among them who were known already.",
    )
    friend_count = fields.Integer("Friends Named", compute="_compute_friend_count")
    mail_id = fields.Many2one("mail.mail", ondelete="set null", index="btree_not_null", copy=False)
    touch_id = fields.Many2one(
        "lead.touch", ondelete="set null", index="btree_not_null", copy=False
    )

    _ask_key_unique = models.UniqueIndex(
        "(ask_key) WHERE ask_key IS NOT NULL",
        "Somebody else is asking this customer at this very moment. Look at the referrals, and "
        "ask the others.",
    )

    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for referral in self:
            # sudo: who may see the referral may know whose it is
            referral.display_name = referral.sudo().partner_id.display_name

    @api.depends("link_id", "user_id", "asked_by_id")
    @api.depends_context("uid")
    def _compute_ask_url(self):
        """Show the link to whoever asks, and to those who see everybody's leads.

        Others see whose word a lead of theirs came by; naming friends is not theirs.
        """
        user = self.env.user
        sees_all = self.env.su or user.has_group("sales_team.group_sale_salesman_all_leads")
        for referral in self:
            # sudo: the rules of links say the same
            own = referral.sudo()
            may_see = sees_all or user in own.user_id | own.asked_by_id
            referral.ask_url = may_see and own.link_id.url

    @api.depends("friend_ids")
    def _compute_friend_count(self):
        for referral in self:
            # sudo: a number only; a friend may be a colleague's lead
            referral.friend_count = len(referral.sudo().friend_ids)

    @api.depends("reason")
    def _compute_reason_text(self):
        texts = self._get_reason_texts()
        for referral in self:
            referral.reason_text = texts.get(referral.reason, referral.reason)

    @api.model_create_multi
    def create(self, vals_list):
        asks = [vals for vals in vals_list if vals.get("is_ask")]
        if asks:
            self._guard_asks(asks)
        return super().create(vals_list)

    def write(self, vals):
        rewritten = {name for name in vals if name in self._fields and self._is_own_field(name)}
        if self and rewritten and not self.env.su:
            raise UserError(
                self.env._(
                    "What was asked and what came of it is not rewritten by hand.\n"
                    "Use the buttons of the referral, or ask the customer anew."
                )
            )
        return super().write(vals)

    @api.model
    def _is_own_field(self, name):
        return self._fields[name]._modules == ("lead_followup",)

    @api.model
    def _get_ask_domain(self, company):
        """Return which asks count for ``company``: made within its set time, or on their way.

        Of its own these are all; of other companies those of contacts they share.
        """
        since = fields.Datetime.subtract(
            fields.Datetime.now(), days=company.lead_referral_again_days
        )
        on_its_way = Domain("state", "=", "to_send") & (
            Domain("mail_id", "!=", False) | Domain("touch_id", "!=", False)
        )
        return (
            Domain("is_ask", "=", True)
            & (Domain("company_id", "=", company.id) | Domain("partner_id.company_id", "=", False))
            & (Domain("asked_at", ">", since) | on_its_way)
        )

    @api.model
    def _get_ask_key(self, partner):
        """Return what two asks of one person share: his address, else his contact.

        Companies may share him, so that it names none.
        """
        return str(partner.email_normalized or partner.id)

    @api.model
    def _get_asked(self, company, partners):
        """Return those of ``partners`` who count as asked, by themselves or by their address."""
        addresses = set(partners.mapped("email_normalized")) - {False}
        # sudo: nobody is asked twice, whoever asked him first
        asked = self.sudo().search(
            self._get_ask_domain(company)
            & (
                Domain("partner_id", "in", partners.ids)
                | Domain("partner_id.email_normalized", "in", list(addresses))
                | Domain("ask_key", "in", [self._get_ask_key(one) for one in partners])
            )
        )
        shared = partners.filtered(lambda one: not one.company_id)
        own = asked.filtered(lambda ask: ask.company_id == company)
        return asked._filter_asked(shared) | own._filter_asked(partners - shared)

    def _filter_asked(self, partners):
        """Return those of ``partners`` whom one of these asks is of, or of their address."""
        keys = set(self.mapped("ask_key")) - {False}
        taken = set(self.partner_id.mapped("email_normalized")) - {False}
        contacts = self.partner_id
        return partners.filtered(
            lambda one: (
                one in contacts or one.email_normalized in taken or self._get_ask_key(one) in keys
            )
        )

    @api.model
    def _guard_asks(self, vals_list):
        """Give each of these values of asks the key that only one ask of its customer can hold.

        :raises UserError: a customer counts as asked.
        """
        by_company = {}
        for vals in vals_list:
            by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, mine in by_company.items():
            # sudo: settings of the company, and addresses of its customers
            company = self.env["res.company"].sudo().browse(company_id)
            partners = self.env["res.partner"].sudo().browse(one["partner_id"] for one in mine)
            asked = self._get_asked(company, partners)
            if asked:
                raise UserError(
                    self.env._(
                        "%(names)s: asked within the last %(days)s days.\nWait, or look at what "
                        "came of that ask under Referrals.",
                        names=", ".join(asked.mapped("display_name")),
                        days=company.lead_referral_again_days,
                    )
                )
            for vals, partner in zip(mine, partners, strict=True):
                vals["ask_key"] = self._get_ask_key(partner)
            keys = [vals["ask_key"] for vals in mine]
            # sudo: an older ask gives its key up, whoever made it
            older = self.sudo().search([("ask_key", "in", keys)])
            older.write({"ask_key": False})
            older.flush_recordset(["ask_key"])  # before the new one takes it
