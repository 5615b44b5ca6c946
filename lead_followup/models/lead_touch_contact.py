from odoo import fields, models
from odoo.fields import Domain

# Outcomes after which a touch that was made turns out to have reached nobody.
_IN_VAIN = ("bounced", "wrong_number")


class LeadTouch(models.Model):
    """A touch that reached nobody is no contact: the first contact is the next that did.

    An e-mail that came back and a call to a wrong number leave the lead as it was before: its
    clock runs on, unless a later touch was made; then that one was the first.
    """

    _inherit = "lead.touch"

    is_human = fields.Boolean("Made by a Person", readonly=True)

    def _mark_done(self, done_at, is_human):
        open_touches = self.filtered(lambda touch: touch.state != "done")
        result = super()._mark_done(done_at, is_human)
        made = open_touches.filtered(lambda touch: touch.state == "done")
        if is_human:
            made.is_human = True
        made.filtered(lambda touch: touch.outcome in _IN_VAIN)._unmake_contact()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("outcome") in _IN_VAIN:
            self.filtered(lambda touch: touch.state == "done")._unmake_contact()
        return result

    def _get_contact_domain(self):
        """Return which touches are a contact; others may narrow it."""
        return Domain("state", "=", "done") & Domain("outcome", "not in", _IN_VAIN)

    def _unmake_contact(self):
        """Let the first contact of these touches' leads be the next that reached somebody.

        Only where one of these was the first. A lead, and a visit, whose first contact came later
        or was begun anew since stays as it is.
        """
        by_lead = self.grouped("lead_id")
        domain = self._get_contact_domain() & Domain("lead_id", "in", [lead.id for lead in by_lead])
        contacts_by_lead = self.sudo().search(domain, order="done_at, id").grouped("lead_id")
        for lead, vain in by_lead.items():
            moments = set(vain.mapped("done_at"))
            contacts = contacts_by_lead.get(lead, self.browse())
            for name in ("first_touch_at", "first_human_touch_at"):
                real = contacts if name == "first_touch_at" else contacts.filtered("is_human")
                _restate(lead, name, moments, real)
                _restate(lead.visit_ids, name, moments, real)


def _restate(records, name, moments, contacts):
    """Let ``name`` of ``records`` that was one of ``moments`` be the next of ``contacts``.

    :param contacts: touches in the order in which they were made.
    """
    for record in records.filtered(lambda record: record[name] in moments):
        later = contacts.filtered(lambda touch: touch.done_at >= record[name])  # noqa: B023 - used at once
        record[name] = later[:1].done_at
