from odoo import api, fields, models

from .ahead import add_ahead, get_named

_NOT_CONTACTED = {"first_touch_hours": 0.0, "first_human_touch_hours": 0.0}


class LeadShowVisit(models.Model):
    """What follows from a new visit, worked out for all the visits of a chunk together."""

    _inherit = "lead.show.visit"

    @api.model
    def _add_precomputed_values(self, vals_list):
        leads = get_named(self, vals_list, "lead_id")
        shows = get_named(self, vals_list, "trade_show_id")

        def get_values(vals):
            lead = leads.browse(vals.get("lead_id") or []).with_prefetch(leads._ids)
            show = shows.browse(vals.get("trade_show_id") or [])
            values = {
                "company_id": lead.company_id.id,
                "temperature": lead.temperature,
                **_get_clock(show, fields.Datetime.to_datetime(vals.get("captured_at"))),
            }
            if not vals.get("first_touch_at") and not vals.get("first_human_touch_at"):
                values |= {"is_in_time": False, **_NOT_CONTACTED}
            if source := lead.import_id:
                values["is_new_lead"] = source.id == vals.get("import_id")
            return values

        return add_ahead(self, vals_list, get_values, super()._add_precomputed_values)


def _get_clock(show, moment):
    """Return the deadline of a visit and from when it counts; elsewhere it may be given."""
    if not show:
        return {"first_touch_deadline": False, "clock_started_at": moment}
    return {
        "first_touch_deadline": show._first_contact_deadline(moment),
        "clock_started_at": show._first_contact_start(moment),
    }
