from odoo import api, fields, models


class CrmLead(models.Model):
    """Numbers and addresses that turned out wrong: kept, marked, and not used any more.

    The mark belongs to the number or address itself: a corrected one is free of it, the old one
    put back still has it.
    """

    _inherit = "crm.lead"

    wrong_numbers = fields.Char(
        readonly=True, copy=False, help="Numbers at which somebody else answered, or nobody can."
    )
    wrong_email = fields.Char(
        readonly=True, copy=False, help="The address from which our mail came back for good."
    )
    phone_wrong = fields.Boolean("Wrong Phone Number", compute="_compute_numbers_wrong")
    mobile_wrong = fields.Boolean("Wrong Mobile Number", compute="_compute_numbers_wrong")
    email_wrong = fields.Boolean("Wrong E-mail", compute="_compute_email_wrong")

    @api.depends("phone", "mobile", "country_id", "wrong_numbers")
    def _compute_numbers_wrong(self):
        for lead in self:
            wrong = lead._get_wrong_numbers()
            # a number is worked out only where one is marked
            lead.phone_wrong = bool(wrong) and lead._get_number("phone") in wrong
            lead.mobile_wrong = bool(wrong) and lead._get_number("mobile") in wrong

    @api.depends("email_normalized", "wrong_email")
    def _compute_email_wrong(self):
        for lead in self:
            lead.email_wrong = bool(lead.wrong_email and lead.email_normalized == lead.wrong_email)

    def action_trust_addresses(self):
        """Take the marks off: the numbers and the address are right after all."""
        self.check_access("write")
        self.write({"wrong_numbers": False, "wrong_email": False})
        self._message_log_batch(
            bodies={
                lead.id: self.env._("Phone numbers and e-mail address are right after all.")
                for lead in self
            }
        )

    def _get_number(self, field_name):
        """Return the number in international form, as it stands where that is unknown, or False."""
        self.ensure_one()
        return self[field_name] and (self._phone_format(fname=field_name) or self[field_name])

    def _get_wrong_numbers(self):
        self.ensure_one()
        return set((self.wrong_numbers or "").split(", ")) - {""}

    def _get_call_numbers(self):
        """Return the numbers at which this lead may be called, best first.

        A phone number that no country knows is left out; a mobile stands as it was given.
        """
        self.ensure_one()
        numbers = [self._phone_format(fname="phone"), self._get_number("mobile")]
        wrong = self._get_wrong_numbers()
        return [number for number in dict.fromkeys(numbers) if number and number not in wrong]

    def _get_call_obstacle(self):
        if self._get_call_numbers():
            return None
        return "wrong_number" if self.wrong_numbers and (self.phone or self.mobile) else "no_phone"

    def _mark_number_wrong(self, number):
        """Note that ``number`` is wrong; where none is left, calls on their way are blocked."""
        self.ensure_one()
        self.wrong_numbers = ", ".join(sorted(self._get_wrong_numbers() | {number}))
        if not self._get_call_numbers():
            calls = self.sudo().touch_ids.filtered(lambda touch: touch.channel == "call")
            calls._block("wrong_number")  # sudo: nobody writes touches by hand

    def _mark_email_wrong(self, address):
        """Note that mail to ``address`` comes back for good: e-mail is closed, nothing else.

        What is queued to it is blocked in sight, and the cadence goes on with calls and letters.
        """
        leads = self.filtered(
            lambda lead: lead.email_normalized == address and not lead.email_wrong
        )
        leads.write({"wrong_email": address})
        leads._message_log_batch(
            bodies={
                lead.id: self.env._("Mail to %(address)s came back for good.", address=address)
                for lead in leads
            }
        )
        leads.touch_ids.filtered(lambda touch: touch.channel == "email")._block("email_bounced")

    def _message_reset_bounce(self, email):
        """Who writes from an address shows that it is right."""
        result = super()._message_reset_bounce(email)
        self.filtered("email_wrong").write({"wrong_email": False})
        return result
