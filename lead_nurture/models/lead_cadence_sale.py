from odoo import api, fields, models


class LeadCadence(models.Model):
    """A track for customers: won leads enter it, and nobody else.

    A customer has one at a time, that of the newest sale: a lead of the same address or contact
    that was won later takes over. Who asked not to be contacted, on whichever lead, stays out.
    """

    _inherit = "lead.cadence"

    is_after_sale = fields.Boolean(
        "After the Sale", help="Only leads that were won enter; being won does not end it."
    )

    _after_sale_is_track = models.Constraint(
        "CHECK(is_track OR is_after_sale IS NOT TRUE)",
        "What goes on after the sale is a nurture track: mark it as one as well.",
    )

    # what keeps won leads out of every other cadence, or is asked in other words here
    _PROSPECT_OBSTACLES = frozenset(
        {"closed", "do_not_contact", "archived", "not_a_buyer", "with_sales", "lost"}
    )

    def _get_entry_obstacles(self):
        obstacles = super()._get_entry_obstacles()
        if not self.is_after_sale:
            return obstacles
        others = [obstacle for obstacle in obstacles if obstacle[0] not in self._PROSPECT_OBSTACLES]
        return [
            ("not_won", lambda leads: leads.filtered(lambda lead: lead.won_status != "won")),
            ("archived", lambda leads: leads.filtered(lambda lead: not lead.active)),
            ("do_not_contact", lambda leads: leads._filter_person_unwilling()),
            ("opted_out", lambda leads: leads.filtered(lambda lead: lead._has_opted_out())),
            ("newer_sale", lambda leads: leads._filter_with_newer_sale()),
            *others,
        ]

    @api.model
    def _get_entry_reason_texts(self):
        return {
            **super()._get_entry_reason_texts(),
            "not_won": self.env._("Not won"),
            "opted_out": self.env._("Asked not to get e-mails"),
            "newer_sale": self.env._("The same customer has a newer sale, whose track goes on"),
        }

    def _enroll(self, leads):
        """Let the track of a newer sale take the place of the customer's older one."""
        if self.is_after_sale:
            can, _left_out = self._split_enrollable(leads)
            can.sudo()._get_after_sale_of_person()._stop("newer_sale")
        return super()._enroll(leads)


class LeadCadenceStep(models.Model):
    _inherit = "lead.cadence.step"

    is_near_sale = fields.Boolean(
        "Right after the Sale Only",
        help="In a track after the sale: left out in later rounds, and where the sale was more "
        "than 60 days ago.",
    )
