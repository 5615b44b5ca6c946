from odoo import api, models
from odoo.http import request
from odoo.tools import email_normalize, html_sanitize

from ..tools import intake

_FORM_PATH = "/website/form/crm.lead"


class CrmLead(models.Model):
    """A form on the website: a known open person is that lead, everybody else a new one.

    Odoo's controller makes the lead with ``create`` and goes on with the record it gets: writes the
    form's other answers into the notes, attaches files, links the visitor. So ``create`` gives it
    the known lead itself: no second lead is there for a moment, and no record vanishes later. What
    the controller then writes into the notes is put into the chatter, for a known lead is not
    overwritten. The website need not be installed: a form is told by the address it is sent to, or
    by ``lead_door="web_form"`` in the context of a program that makes leads of forms of its own,
    with ``sudo``.
    """

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_web_form():
            return super().create(vals_list)
        # one by one: a form is one person; nobody sends forms by the thousand
        leads = []
        for vals in vals_list:
            known = self._find_sender(vals)
            lead = self._receive_form(vals, known)
            if not lead:
                completed = self._complete_form(vals, known)
                leads_of = self.with_context(lead_keep_contact=completed is not vals)
                lead = super(CrmLead, leads_of).create([completed]).with_env(self.env)
                # sudo: a visitor has no rights; what follows from his coming is ours
                lead.sudo()._welcome("web_form", note=lead.name)
            leads.append(lead)
        # alone it keeps the mark that its notes are not overwritten
        return leads[0] if len(leads) == 1 else self.browse([lead.id for lead in leads])

    def write(self, vals):
        noted = self.env.context.get("lead_form_noted")
        if noted is not None and "description" in vals:
            vals = dict(vals)
            self.check_access("write")
            self._note_further_answers(str(vals.pop("description") or ""), noted)
            if not vals:
                return True
        return super().write(vals)

    @api.model
    def _is_web_form(self):
        """Tell whether somebody outside fills in a form right now."""
        if not self.env.su:  # who has rights of his own makes leads as ever
            return False
        if self.env.context.get("lead_door") == "web_form":
            return True
        return bool(request) and request.httprequest.path.endswith(_FORM_PATH)

    @api.model
    def _get_form_company(self, vals):
        return self.env["res.company"].browse(vals.get("company_id")) or self.env.company

    def _find_sender(self, vals):
        """Return the lead there is of the person a form comes from; held until all is done."""
        company = self._get_form_company(vals)
        if not company.lead_match_incoming:
            return self.browse()
        [(_row, judged)] = self._judge_vals([vals], company)
        self._lock_person(_person_keys(judged.values))
        self.env["lead.person.guard"]._hold([judged.values])
        known, _rule = self._find_known(judged.values, company)
        return known

    def _receive_form(self, vals, known):
        """Note the form on the open lead ``known`` it comes from; return that lead, or none.

        A customer's form is a new lead beside the won one; an open deal is noted like a lead.
        """
        if not known or known.won_status == "won":
            return self.browse()
        known._receive_again(
            "web_form", {name: value for name, value in vals.items() if name != "user_id"}
        )
        known._schedule_next_action(
            self.env._(
                "Filled in a web form: “%(subject)s”. Write or call back.",
                subject=vals.get("name") or "",
            )
        )
        return self.browse(known.id).with_context(
            lead_form_noted=str(vals.get("description") or "")
        )

    def _complete_form(self, vals, known):
        """Return the values of a new lead; a customer's with the contact he is.

        What closes a way to him on the won lead ``known`` does so on the new one.
        """
        if closed := known._get_closed_ways():
            vals = {**vals, **closed}
        address = email_normalize(vals.get("email_from") or "")
        contact = self._find_contact(address, self._get_form_company(vals))
        if vals.get("partner_id") or not contact._filter_lead_customers():
            return vals
        return {**vals, "partner_id": contact.id}

    def _note_further_answers(self, description, noted):
        """Put what the form's controller writes into the notes into the chatter instead."""
        rest = description.removeprefix(noted).strip()
        if rest:
            # the controller escapes what the visitor wrote; this is the second lock
            self._message_log(body=html_sanitize(rest))


def _person_keys(values):
    """Return what makes two forms come from one person, as texts."""
    keys = {intake.email_key(values), *intake.phone_keys(values), intake.name_company_key(values)}
    return {str(key) for key in keys if key}
