from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import privacy


class LeadPrivacy(models.AbstractModel):
    """Everything we know of a person, table by table, wherever it lies.

    One place tells where that is: what shows it, gives it away or erases it asks here. An addon
    with tables of its own adds them to ``_find_rows``.
    """

    _name = "lead.privacy"
    _description = "What Is Known of a Person"

    @api.model
    def _find_rows(self, people):
        """Return ``{model: records}`` as sudo, empty ones left out.

        :param people: of whom, see ``crm.lead._find_people``; its leads as far as they may be had.
        """
        found = {"crm.lead": people.leads}
        for model in self._get_lead_tables():
            found[model] = self._search_rows(model, Domain("lead_id", "in", people.leads.ids))
        rows = self._find_import_rows(people)
        found["lead.import.row"] = self._filter_own_rows(rows, people)
        found["lead.referral"] = self._search_rows(
            # by whose word he came himself is that customer's
            "lead.referral",
            Domain("partner_id", "in", people.partners.ids),
        )
        found["mail.blacklist"] = self._search_rows(
            "mail.blacklist", Domain("email", "in", people.emails)
        )
        found["phone.blacklist"] = self._search_rows(
            "phone.blacklist", Domain("number", "in", people.numbers)
        )
        found["mail.message"] = self._search_rows(
            "mail.message", Domain("model", "=", "crm.lead") & _about(people.leads)
        )
        found["ir.attachment"] = self._find_files(people, found["lead.import.row"])
        return {model: records for model, records in found.items() if records}

    @api.model
    def _get_lead_tables(self):
        """Return the models whose rows hang on a lead by ``lead_id``; others add theirs."""
        return (
            "lead.show.visit",
            "lead.qualification",
            "lead.event",
            "lead.handover",
            "lead.cadence.enrollment",
            "lead.touch",
            "lead.public.link",
        )

    @api.model
    def _get_found_texts(self):
        """Return ``{model: what a user calls its records}``; others add theirs."""
        return {
            "crm.lead": self.env._("Leads"),
            "lead.show.visit": self.env._("Visits at shows"),
            "lead.qualification": self.env._("Answers"),
            "lead.event": self.env._("Signs of interest"),
            "lead.handover": self.env._("Handovers"),
            "lead.cadence.enrollment": self.env._("Cadences"),
            "lead.touch": self.env._("E-mails, calls and letters of cadences"),
            "lead.public.link": self.env._("Personal links"),
            "lead.public.post": self.env._("Forms that wait or are held back"),
            "lead.import.row": self.env._("Rows of imports"),
            "lead.referral": self.env._("Referrals"),
            "mail.blacklist": self.env._("E-mail addresses that are closed"),
            "phone.blacklist": self.env._("Phone numbers that are closed"),
            "mail.message": self.env._("Messages and notes"),
            "ir.attachment": self.env._("Files and photos"),
        }

    @api.model
    def _search_rows(self, model, domain):
        # sudo: whoever asks for a person's data may; which of his leads, was settled before
        records = self.env[model].sudo().with_context(active_test=False)
        if "company_id" in records._fields:
            domain &= Domain("company_id", "in", [False, *self.env.companies.ids])
        return records.search(domain)

    @api.model
    def _find_import_rows(self, people):
        """Return the rows of files and captures that became these leads or name their addresses."""
        rows = self.env["lead.import.row"]
        rows.flush_model(["cells", "values"])
        named = Domain.FALSE
        patterns = [privacy.address_pattern(address) for address in people.emails]
        if patterns:
            named = Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "(%(cells)s::text ~* %(pattern)s OR %(said)s::text ~* %(pattern)s)",
                    cells=SQL.identifier(alias, "cells"),
                    said=SQL.identifier(alias, "values"),
                    pattern="|".join(patterns),
                )
            )
        return self._search_rows(rows._name, Domain("lead_id", "in", people.leads.ids) | named)

    @api.model
    def _find_files(self, people, rows):
        """Return the files of these leads, and photos of cards that were kept with an import."""
        marks = [row._get_photo_mark() for row in rows]
        photos = Domain("res_model", "=", "lead.import") & Domain("description", "in", marks)
        return self._search_rows(
            "ir.attachment", Domain("res_model", "=", "crm.lead") & _about(people.leads) | photos
        )

    @api.model
    def _get_people(self, leads, partners):
        """Return who these are, with those leads alone that the user may have; for managers.

        :return: ``(People, number of leads that belong to other companies)``.
        """
        self._check_may_have_all()
        people = self.env["crm.lead"]._find_people(leads, partners)
        reached = people.leads.with_env(self.env)._filtered_access("read")
        mine = people.leads.browse(reached.ids)
        return people._replace(leads=mine), len(people.leads) - len(mine)

    @api.model
    def _check_may_have_all(self):
        if not (self.env.su or self.env.user.has_group("sales_team.group_sale_manager")):
            raise AccessError(
                self.env._(
                    "Only sales managers give away or erase all that is known of a person. Ask "
                    "one of them; nothing was changed."
                )
            )


def _about(leads):
    return Domain("res_id", "in", leads.ids)
