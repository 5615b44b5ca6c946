import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from odoo.addons.lead_followup.models.untracked import UNTRACKED

_logger = logging.getLogger(__name__)

# what a new lead of the same customer has from the one before
_CARRIED = (
    "name",
    "partner_id",
    "contact_name",
    "partner_name",
    "function",
    "email_from",
    "phone",
    "mobile",
    "website",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "lang_id",
    "company_id",
    "email_consent",
    "letter_opt_out",
    "phone_opt_out",
    "wrong_postal_address",
)


class CrmLead(models.Model):
    """The daily run: who is due to buy again is a new opportunity, with its reason on a list.

    It is the former owner's if he is still there, else it is offered by the assignment rules. None
    is made where the customer, anybody of his company included, has an open one: whoever works on
    that is told once. Nor for who must not be contacted, whose contact is archived, or who bought
    the same again since: that is noted on the lead.
    """

    _inherit = "crm.lead"

    _REPEAT_BATCH = 200  # leads a transaction

    @api.model
    def _cron_make_repeats(self):
        """Take up the purchases that are due; let tracks go on whose repeat was not won."""
        if not self.env["lead.cadence.enrollment"]._resume_after_repeat():
            return  # out of time: the scheduler calls again
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("lead_repeat_sales", "=", True)]):
            due = self._get_repeat_due_domain(company)
            cron._commit_progress(remaining=self.search_count(due))
            last_id = 0
            while leads := self.search(
                due & Domain("id", ">", last_id), order="id", limit=self._REPEAT_BATCH
            ):
                last_id = leads[-1].id
                leads.try_lock_for_update().filtered_domain(due)._take_up_repeats()
                if not cron._commit_progress(len(leads)):
                    return

    @api.model
    def _get_repeat_due_domain(self, company):
        return (
            Domain("repeat_date", "<=", fields.Date.today())
            & Domain("repeat_handled_at", "=", False)
            & Domain("won_status", "=", "won")
            & self.env["lead.score.rule"]._get_company_domain(company.id)
        )

    def _take_up_repeats(self):
        """Take these up one by one; what is known of their customers is looked up for all."""
        word_by_lead = self._get_repeat_obstacles()
        open_leads = self._find_open_of_customers()
        for lead in self:
            made = lead._repeat_apart(word_by_lead.get(lead), open_leads)
            open_leads = (made or self.browse()) | open_leads  # the newest first

    def _repeat_apart(self, word, open_leads):
        """Take this one up; where that fails the others go on, and it stays due.

        :return: the repeat, if one was made.
        """
        try:
            with self.env.cr.savepoint():
                return self._take_up_repeat(word, open_leads)
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            _logger.exception("The next purchase could not be taken up: %s", self)
            return None

    def _take_up_repeat(self, word, open_leads):
        """Make the repeat of this sale and return it, or note why not.

        :param word: for why no repeat of this sale is made, None if one may be.
        :param open_leads: those of this customer and of others, the newest first.
        """
        self.ensure_one()
        self.repeat_handled_at = fields.Datetime.now()
        if word:
            why = self._get_repeat_texts()[word]
            self._message_log(body=self.env._("The next purchase was not taken up: %s.", why))
        elif open_lead := self._pick_of_customer(open_leads):
            self._tell_of_repeat(open_lead)
        else:
            return self._make_repeat()
        return None

    def _get_repeat_obstacles(self):
        """Return ``{lead: word}`` of those of these sales of which no repeat is made; two queries.

        The words are those of ``_get_repeat_texts``.
        """
        unwilling, again = self._filter_person_unwilling(), self._filter_bought_again()
        return {
            **dict.fromkeys(again, "bought_again"),
            **dict.fromkeys(
                self.filtered(lambda lead: lead.partner_id and not lead.partner_id.active),
                "customer_gone",
            ),
            **dict.fromkeys(unwilling, "do_not_contact"),
        }

    @api.model
    def _get_repeat_texts(self):
        """Return ``{word: why a next purchase is not taken up}``."""
        return {
            "do_not_contact": self.env._("the customer must not be contacted"),
            "customer_gone": self.env._("the contact is archived"),
            "bought_again": self.env._("the customer has bought the same again since"),
        }

    def _filter_bought_again(self):
        """Return those whose person has a newer sale of the same, or one that says nothing."""

        def is_again(other, lead):
            return other._get_sale_key() > lead._get_sale_key() and (
                not lead.interest_ids
                or not other.interest_ids
                or lead.interest_ids & other.interest_ids
            )

        return self._filter_with_other_sale(is_again)

    def _find_open_of_customers(self):
        """Return the open leads of these customers or anybody of their companies, newest first."""
        mine = self._get_person_domain()
        families = self.partner_id.commercial_partner_id
        if families:
            mine |= Domain("partner_id", "child_of", families.ids)
        return self.search(
            mine & Domain("won_status", "=", "pending") & Domain("lifecycle", "!=", "disqualified"),
            order="id desc",
        )

    def _pick_of_customer(self, leads):
        """Return the first of ``leads`` that is of this customer or anybody of his company."""
        self.ensure_one()
        family = self.partner_id.commercial_partner_id
        companies = (self.env["res.company"], self.company_id)

        def is_of_customer(other):
            if other == self or (self.company_id and other.company_id not in companies):
                return False
            address, partner = self.email_normalized, other.partner_id
            return bool(
                (address and address == other.email_normalized)
                or (partner and partner == self.partner_id)
                or (family and family in _get_line(partner))
            )

        return next((lead for lead in leads if is_of_customer(lead)), self.browse())

    def _tell_of_repeat(self, open_lead):
        """Put on the list of whoever works on ``open_lead`` that the customer is due again."""
        open_lead._schedule_next_action(
            self.env._("Due to buy again: bring it into this talk"), note=self._describe_sale()
        )
        self._message_log(
            body=self.env._(
                "The next purchase is due; %s is open and was told.", open_lead._get_html_link()
            )
        )

    def _make_repeat(self):
        """Make the new lead beside this one, linked both ways, with a next action."""
        quiet = self.with_context(**UNTRACKED, mail_auto_subscribe_no_notify=True)
        repeat = quiet.create(self._prepare_repeat_vals()).with_env(self.env)
        self._copy_answers(repeat)
        if repeat.user_id:
            repeat._schedule_next_action(
                self.env._("Due to buy again: get in touch"), note=self._describe_sale()
            )
        else:
            repeat._offer_qualified()
            repeat._schedule_next_action(
                self.env._("Due to buy again; the former salesperson is gone: get in touch"),
                note=self._describe_sale(),
            )
        link = self._get_html_link()
        repeat._message_log(body=self.env._("The next purchase after %s.", link))
        self._message_log(
            body=self.env._(
                "The next purchase is due: %s was made for it.", repeat._get_html_link()
            )
        )
        self._get_after_sale()._rest_for_repeat()
        return repeat

    def _prepare_repeat_vals(self):
        """Return values of the repeat of this sale; others may add theirs.

        It has no clock of the first contact: its next action has a day.
        """
        owner = (self - self._filter_owner_gone()).user_id
        vals = {name: self._fields[name].convert_to_write(self[name], self) for name in _CARRIED}
        return {
            **vals,
            "repeat_of_id": self.id,
            "type": "opportunity" if owner else self._get_repeat_type(),
            "lifecycle": "mql",
            "user_id": owner.id,
            "team_id": self.team_id.id if owner else False,
            "interest_ids": [(6, 0, self.interest_ids.ids)],
            "medium_id": self.env.ref("lead_nurture.utm_medium_repeat_sale", False).id,
            "source_id": self.env.ref("lead_nurture.utm_source_customer", False).id,
            "first_touch_deadline": False,
        }

    @api.model
    def _get_repeat_type(self):
        """Return “lead” where everybody uses leads."""
        everybody = self.env.ref("base.group_user").all_implied_ids
        uses_leads = self.env.ref("crm.group_use_lead") in everybody
        return "lead" if uses_leads else "opportunity"

    def _copy_answers(self, repeat):
        """Give ``repeat`` the answers of this lead that still hold, as they were taken down."""
        for given in self.qualification_ids.filtered(lambda given: not given.is_expired):
            given.copy({"lead_id": repeat.id})

    def _describe_sale(self):
        """Return what was bought when, for whoever speaks with the customer about the next."""
        env = self._in_company_lang().env
        bought_on = format_date(env, self._get_won_at())
        amount = format_amount(env, self.expected_revenue, self.company_currency)
        parts = [
            env._("“%(lead)s” was won on %(day)s.", lead=self.name, day=bought_on),
            self.expected_revenue and env._("It was worth %s.", amount),
            self.interest_ids
            and env._("Interests: %s.", ", ".join(self.interest_ids.mapped("name"))),
        ]
        return " ".join(part for part in parts if part)


def _get_line(partner):
    """Return a contact with all that it belongs to."""
    line = partner
    while (partner := partner.parent_id) and partner not in line:
        line |= partner
    return line
