from odoo import api, fields, models

_ADDRESS_FIELDS = ("street", "street2", "zip", "city", "state_id", "country_id")


class CrmLead(models.Model):
    """A lead by post: where its letters go, and when they must not.

    A letter needs somebody to address, a street and a town. An address that a letter came back
    from takes no more letters; e-mail and calls go on. The mark belongs to the address itself: a
    corrected one is free of it, the old one put back still has it.
    """

    _inherit = "crm.lead"

    wrong_postal_address = fields.Char("Address Letters Came Back From", readonly=True, copy=False)
    postal_address_wrong = fields.Boolean(
        "Wrong Postal Address",
        compute="_compute_postal_address_wrong",
        help="A letter came back. No more are written until the address is changed.",
    )
    letter_opt_out = fields.Boolean(
        "No More Letters", help="Asked for no more letters. E-mail and calls go on."
    )

    @api.depends("wrong_postal_address", *_ADDRESS_FIELDS)
    def _compute_postal_address_wrong(self):
        for lead in self:
            wrong = lead.wrong_postal_address
            lead.postal_address_wrong = bool(wrong) and wrong == lead._get_address_key()

    def action_trust_postal_address(self):
        """Take the mark off: the address is right after all."""
        self.check_access("write")
        self.wrong_postal_address = False
        note = self.env._("The postal address is right after all.")
        self._message_log_batch(bodies={lead.id: note for lead in self})

    def _get_address_key(self):
        """Return the address in one line by which a wrong one is known again."""
        self.ensure_one()
        parts = [self[name] for name in _ADDRESS_FIELDS]
        texts = [part if isinstance(part, str) else part and part.code for part in parts]
        return ", ".join(" ".join(text.split()).casefold() for text in texts if text)

    def _mark_postal_address_wrong(self):
        """Note that letters to these addresses come back: no more are written, e-mail goes on."""
        note = self.env._(
            "A letter came back: the postal address is wrong. No more letters are written until it "
            "is changed; e-mail and calls go on."
        )
        for lead in self:
            lead.wrong_postal_address = lead._get_address_key()
        self._message_log_batch(bodies={lead.id: note for lead in self})
        # sudo: nobody writes touches by hand
        waiting = self.sudo().touch_ids.filtered(
            lambda touch: touch.letter_state in ("to_print", "batched")
        )
        waiting._block_letters("address_wrong")

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        if not self.letter_opt_out and any(opportunities.mapped("letter_opt_out")):
            self.letter_opt_out = True
        return result

    def _get_letter_obstacle(self):
        """Return the word for why no letter can be written, None where one can."""
        self.ensure_one()
        if self.letter_opt_out:
            return "no_letters"
        if not (self.street or self.street2) or not self.city:
            return "no_address"
        if self.postal_address_wrong:
            return "address_wrong"
        if not (self.partner_name or self.contact_name or self.partner_id):
            return "no_addressee"
        return None

    def _get_postal_lines(self):
        """Return the lines of the address on a letter: names, then the place as its country has it.

        The country stands last, in capitals and in the sender's language, for it is the sender's
        post that reads it; letters inside the country go without.
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        # Never saved: it only lends Odoo's own layout of addresses.
        place = (
            self.env["res.partner"]
            .with_context(lang=company.partner_id.lang or self.env.user.lang)
            .new({name: self[name] for name in _ADDRESS_FIELDS})
        )
        layout, values = place._prepare_display_address(without_company=True)
        is_domestic = company._is_lead_letter_domestic(self.country_id)
        values["country_name"] = "" if is_domestic else place.country_id.name.upper()
        names = [self.partner_name, self.contact_name]
        if not any(names):
            names = [self.partner_id.name]
        lines = [name or "" for name in names] + (layout % values).splitlines()
        return [line for line in (" ".join(line.split()) for line in lines) if line]
