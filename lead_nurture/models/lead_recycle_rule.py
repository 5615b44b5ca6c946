import logging
from ast import literal_eval

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class LeadRecycleRule(models.Model):
    """What becomes of leads whose road has ended: how long they rest, and which track follows.

    The first rule that fits a lead counts, by its order: the way on which it ended, the reason,
    its company, its filter. A rule may say that such leads are never written to again. It speaks
    of those that end from now on; who ended before enters after a person was told how many they
    are, see ``lead.recycle.confirm``.
    """

    _name = "lead.recycle.rule"
    _inherit = "lead.filter.mixin"
    _description = "Recycling Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True)
    way = fields.Selection(
        [
            ("lost", "Lost"),
            ("returned", "Returned by the salesperson"),
            ("silent", "Through a cadence without an answer"),
            ("unqualified", "Not qualified"),
        ],
        "Leads That Were",
        required=True,
        default="lost",
    )
    lost_reason_ids = fields.Many2many(
        "crm.lost.reason",
        string="Lost Reasons",
        context={"active_test": False},
        help="Left empty: any reason, or none.",
    )
    return_reason_ids = fields.Many2many(
        "lead.return.reason",
        string="Return Reasons",
        domain=[("destination", "=", "nurture")],
        context={"active_test": False},
        help="Left empty: any reason that sends a lead to nurture.",
    )
    domain = fields.Char("Only Leads That Match", default="[]")
    is_never = fields.Boolean("Never", help="Such leads are not written to again.")
    rest_months = fields.Integer("Rest (months)", default=3)
    rest_days = fields.Integer("Rest (days)", help="Beside the months.")
    track_id = fields.Many2one(
        "lead.cadence",
        domain="[('is_track', '=', True), ('is_after_sale', '=', False)]",
        ondelete="set null",
        index=True,
    )
    track_months = fields.Integer(
        "Give Up After (months)",
        default=12,
        help="So long the track goes on without a sign of life; 0: until they buy.",
    )
    max_rotations = fields.Integer(
        "At Most (times)",
        default=3,
        help="Who was taken up again so many times is left in peace; 0: no limit.",
    )

    _lengths_positive = models.Constraint(
        "CHECK(rest_months >= 0 AND rest_days >= 0 AND track_months >= 0 AND max_rotations >= 0)",
        "Months, days and times are numbers from zero on.",
    )

    @api.constrains("track_id", "is_never", "company_id")
    def _check_track(self):
        for rule in self:
            if rule.is_never:
                continue
            if not rule.track_id.is_track or rule.track_id.is_after_sale:
                raise ValidationError(
                    self.env._(
                        "“%s” needs the nurture track that follows the rest. Choose one, or mark "
                        "the rule as “Never”.",
                        rule.name,
                    )
                )
            if rule.track_id.company_id not in (rule.company_id, self.env["res.company"]):
                raise ValidationError(
                    self.env._(
                        "The track “%(track)s” belongs to another company than “%(rule)s”. Choose "
                        "one of the same company, or one of all.",
                        track=rule.track_id.name,
                        rule=rule.name,
                    )
                )

    def unlink(self):
        """Let the next rule that fits speak of those who rest by these."""
        self.check_access("unlink")
        # sudo: rows are written by the program alone
        rows = self.env["lead.recycle"].sudo()
        rows = rows.search([("rule_id", "in", self.ids), ("state", "in", ("resting", "due"))])
        result = super().unlink()
        rows._judge()
        return result

    def action_ask_earlier(self):
        """State how many leads were lost before, and ask whether they are recycled as well."""
        self.ensure_one()
        return self.env["lead.recycle.confirm"]._ask({"rule_id": self.id}, self._find_earlier())

    def _get_domain(self):
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]")) & self.env[
            "lead.score.rule"
        ]._get_company_domain(self.company_id.id)

    def _get_matched_domain(self):
        """A rule on lost reasons speaks of the leads lost for one of them."""
        matched = super()._get_matched_domain()
        if self.way == "lost" and self.lost_reason_ids:
            matched &= Domain("lost_reason_id", "in", self.lost_reason_ids.ids)
        return matched

    @api.model
    def _choose(self, rows):
        """Return ``{row: rule}`` of the rows of ``lead.recycle`` that a rule fits.

        One query a rule that has a filter, whatever the number of rows.
        """
        chosen, left = {}, rows
        rules = self.sudo()  # whoever has lost it
        for rule in rules.search([("way", "in", list(set(rows.mapped("way"))))]):
            fitting = left.filtered(rule._fits)
            if fitting and (rule.company_id or literal_eval(rule.domain or "[]")):
                found = rule._find_or_switch_off(fitting.lead_id)
                fitting = fitting.filtered(lambda row, found=found: row.lead_id in found)
            chosen |= dict.fromkeys(fitting, rule)
            left -= fitting
        return chosen

    def _fits(self, row):
        """Tell whether the way and the reason of ``row`` are this rule's."""
        return (
            row.way == self.way
            and (not self.lost_reason_ids or row.lost_reason_id in self.lost_reason_ids)
            and (not self.return_reason_ids or row.return_reason_id in self.return_reason_ids)
        )

    def _find_or_switch_off(self, leads):
        """Return those of ``leads`` that the filter finds; one that is broken is switched off."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                found = leads._get_filter_leads().with_context(active_test=False)
                return found.search(self._get_domain() & Domain("id", "in", leads.ids))
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the other rules still work
            _logger.exception("Recycling rule %s does not work, switched off", self.id)
            self._switch_off(str(error) or type(error).__name__)
        return leads.browse()

    def _find_earlier(self):
        """Return the lost leads that this rule may speak of and that no rule has taken up yet.

        The latest lost come first. Which rule fits each is told by ``lead.recycle.confirm``.
        """
        self.ensure_one()
        self.check_access("read")
        leads = self.env["crm.lead"].with_context(active_test=False)
        domain = Domain("won_status", "=", "lost") & leads._get_never_recycled_domain()
        if self.lost_reason_ids:
            domain &= Domain("lost_reason_id", "in", self.lost_reason_ids.ids)
        taken = self._get_reasons_before()
        if taken:
            domain &= Domain("lost_reason_id", "not in", taken.ids)
        if self.company_id:
            domain &= Domain("company_id", "in", (self.company_id.id, False))
        limit = self.env["lead.recycle.confirm"]._AT_MOST
        return leads.search(domain, order="date_closed DESC, id DESC", limit=limit)

    def _get_reasons_before(self):
        """Return the lost reasons of which a rule that comes before this one takes every lead."""
        self.ensure_one()
        reasons = self.env["crm.lost.reason"]
        for rule in self.search([("way", "=", "lost")]):
            if rule == self:
                break
            if not rule.company_id and not literal_eval(rule.domain or "[]"):
                reasons |= rule.lost_reason_ids
        return reasons
