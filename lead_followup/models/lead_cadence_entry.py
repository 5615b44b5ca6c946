import logging
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class LeadCadence(models.Model):
    """Who may enter a cadence, by whatever road, and why the others may not.

    A cadence may ask more of a lead than the rules for all: a filter every lead has to meet. While
    that filter does not work (its field was removed) nobody enters, the cadence says why, and the
    one who answers for it is told.
    """

    _inherit = "lead.cadence"

    entry_domain = fields.Char(
        "Only Leads That Match",
        help="Whoever doesn't match stays out, also when enrolled by hand, in bulk or by a show.",
    )
    entry_error = fields.Text(readonly=True, copy=False)

    @api.constrains("entry_domain")
    def _check_entry_domain(self):
        for cadence in self:
            if error := cadence._get_filter_error(cadence._get_entry_domain):
                raise ValidationError(
                    self.env._(
                        "The entry condition of “%(cadence)s” does not work: %(error)s\n"
                        "Choose it again with the filter editor.",
                        cadence=cadence.name,
                        error=error,
                    )
                )

    def write(self, vals):
        if "entry_domain" in vals:
            vals = {"entry_error": False, **vals}
        return super().write(vals)

    def _split_enrollable(self, leads):
        """Return ``(can, {reason word: leads})``: who may enter this cadence, why others may not.

        Each lead stands once, under the first reason that holds, in the order of ``leads``; words
        that hold for nobody are left out. Their texts: ``_get_entry_reason_texts``. The same
        number of queries for any number of leads. Who may write the leads is not asked.
        """
        self.ensure_one()
        # sudo: a lead may be in a cadence, or belong to a company, that the user doesn't see
        can, left_out = leads.sudo(), {}
        for word, get_left_out in self._get_entry_obstacles():
            out = get_left_out(can)
            if out:
                left_out[word] = out.with_env(leads.env)
                can -= out
        return can.with_env(leads.env), left_out

    def _get_entry_obstacles(self):
        """Return ``[(reason word, function)]`` in the order in which reasons are given.

        Each function takes leads and returns those of them it keeps out; others may add theirs.
        """

        word_by_lead = {}

        def filter_hindered(word):
            return lambda leads: leads.filtered(lambda lead: get_word(lead) == word)

        def get_word(lead):
            if lead.id not in word_by_lead:
                word_by_lead[lead.id] = lead._get_entry_obstacle()
            return word_by_lead[lead.id]

        return [
            *(
                (word, filter_hindered(word))
                for word in ("closed", "do_not_contact", "archived", "not_a_buyer")
            ),
            ("other_company", self._filter_of_other_company),
            ("in_cadence", self._filter_in_cadence),
            ("entry_error", self._filter_by_broken_entry),
            ("entry_condition", self._filter_not_matching_entry),
        ]

    @api.model
    def _get_entry_reason_texts(self):
        """Return ``{reason word: text}`` of what keeps a lead out of a cadence."""
        return {
            "closed": self.env._("Won or lost"),
            "do_not_contact": self.env._("Must not be contacted"),
            "archived": self.env._("Archived"),
            "not_a_buyer": self.env._("Doesn't buy, or is a customer"),
            "other_company": self.env._("Of another company than the cadence"),
            "in_cadence": self.env._("In a cadence already"),
            "entry_condition": self.env._("Doesn't meet the entry condition of the cadence"),
            "entry_error": self.env._("The entry condition of the cadence does not work"),
        }

    def _filter_of_other_company(self, leads):
        allowed = (self.company_id, self.env["res.company"])
        return leads.filtered(lambda lead: self.company_id and lead.company_id not in allowed)

    def _filter_in_cadence(self, leads):
        return leads.filtered(
            lambda lead: lead.enrollment_id and not lead.enrollment_id.cadence_id._yields_to(self)
        )

    def _filter_by_broken_entry(self, leads):
        """Return all of ``leads`` where the entry condition does not work, and say so once."""
        fault = leads and self._get_filter_error(self._get_entry_domain)
        if fault and fault != self.entry_error:
            _logger.warning("The entry condition of cadence %s does not work: %s", self.id, fault)
            cadence = self.sudo()  # met while working for anyone
            keepers = cadence._get_keepers()
            cadence.entry_error = fault
            cadence._tell_keepers(keepers, lambda mine: mine._describe_broken_entry())
        return leads if fault else leads.browse()

    def _describe_broken_entry(self):
        return (
            self.env._("Nobody can enter “%(cadence)s” any more", cadence=self.name),
            self.env._(
                "The entry condition no longer works: %(error)s. Repair it, then enroll those who "
                "were left out meanwhile.",
                error=self.entry_error,
            ),
        )

    def _filter_not_matching_entry(self, leads):
        domain = self._get_entry_domain()
        if not leads or domain.is_true():
            return leads.browse()
        found = leads._get_filter_leads().with_context(active_test=False)
        return leads - leads.browse(found.search(domain & Domain("id", "in", leads.ids)).ids)

    def _get_entry_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.entry_domain or "[]"))
