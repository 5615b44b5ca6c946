from odoo import api, models

from .untracked import UNTRACKED

# Columns that describe the visit at a show, and the word under which a row of a file holds each.
_WORD_BY_VISIT_FIELD = {
    "captured_at": "scanned_at",
    "captured_by": "captured_by",
    "booth_rating": "rating",
}


class _Load:
    """What one call of ``load`` has learnt on its way through Odoo's import."""

    def __init__(self):
        self.number_by_id = {}  # {id of the values of a record: its row, 1 is the first}
        self.job_by_key = {}  # {(company, show): lead.import in which its rows are noted}
        self.row_ids = []  # of the rows noted


class CrmLead(models.Model):
    """Odoo's own “Import records” knows the people we know.

    Each new row is judged and matched as in our import and noted in a ``lead.import``: with
    verdict, reason and flags, one summary, and the undo. A lead we know is enriched and is the
    record returned for its row. Rows that update a record by its id are Odoo's alone, and so are
    rows that describe a deal: an opportunity where leads are used, a later stage, won or lost;
    one person may well have several deals.
    """

    _inherit = "crm.lead"

    @api.model
    def load(self, fields, data):
        if self.env.context.get("install_mode"):  # a module's own data
            return super().load(fields, data)
        log = _Load()
        result = super(CrmLead, self.with_context(lead_load=log)).load(fields, data)
        # sudo: what is noted of an import is ours
        jobs = self.env["lead.import"].sudo().with_context(tracking_disable=True)
        jobs = jobs.browse([job.id for job in log.job_by_key.values()]).exists()
        if result["ids"] and jobs:
            rows = jobs.env["lead.import.row"].browse(log.row_ids).exists()
            result["lead_summary"] = jobs._close_load(rows)
        return result

    def _load_records(self, data_list, update=False):
        log = self.env.context.get("lead_load")
        if log:
            skipped = self.env.context.get("lead_load_skip", 0)
            log.number_by_id = {
                id(data["values"]): data["info"]["rows"]["from"] + 1 + skipped
                for data in data_list
                if data.get("info")
            }
        return super()._load_records(data_list, update)

    def _load_records_create(self, vals_list):
        log = self.env.context.get("lead_load")
        if not log or not vals_list:
            return super()._load_records_create(vals_list)
        lead_by_index, indexes_by_key = {}, {}
        for index, key in enumerate(self._get_load_keys(vals_list)):
            indexes_by_key.setdefault(key, []).append(index)
        for key, indexes in indexes_by_key.items():
            group = [vals_list[index] for index in indexes]
            if key:
                leads = self._load_people(log, key, group)
            else:
                leads = super()._load_records_create([self._without_clock(vals) for vals in group])
            lead_by_index.update(zip(indexes, leads.ids, strict=True))
        return self.browse([lead_by_index[index] for index in range(len(vals_list))])

    def _get_load_keys(self, vals_list):
        """Return ``(company, show)`` for each of ``vals_list``, None where Odoo goes on alone."""
        first = self._stage_find(domain=[("fold", "=", False)])
        later = self.env["crm.stage"].search([("sequence", ">", first.sequence)])
        ended = later._ids + self.env["crm.stage"].search([("is_won", "=", True)])._ids
        uses_leads = self.env.user.has_group("crm.group_use_lead")
        default_type = self.env.context.get("default_type")
        companies, shows = self.env["res.company"], self.env["lead.trade.show"]
        keys = []
        for vals in vals_list:
            show = shows.browse(
                vals.get("trade_show_id") or self.env.context.get("default_trade_show_id")
            )
            company = companies.browse(vals.get("company_id")) or show.company_id
            company = company or self.env.company
            is_deal = (
                (uses_leads and vals.get("type", default_type) == "opportunity")
                or not vals.get("active", True)
                or vals.get("lost_reason_id")
                or vals.get("stage_id") in ended
            )
            keys.append((company, show) if company.lead_match_records and not is_deal else None)
        return keys

    def _load_people(self, log, key, vals_list):
        """Return the leads that ``vals_list`` stand for, in their order; make those that are new.

        :param key: (res.company, lead.trade.show).
        """
        company, show = key
        # sudo: what is noted of an import is ours; whose lead somebody is doesn't matter here
        jobs = self.env["lead.import"].sudo()
        job = log.job_by_key.get(key, jobs).exists() or jobs._open_load(company, show)
        log.job_by_key[key] = job
        numbers = [log.number_by_id.get(id(vals)) for vals in vals_list]
        if None in numbers:  # another addon has made values of its own: count on
            numbers = [len(job.row_ids) + index for index in range(1, len(vals_list) + 1)]
        rows = job._note_loaded_rows(vals_list, numbers)
        log.row_ids += rows.ids
        context = dict(UNTRACKED)
        if self.env.context.get("default_user_id"):
            del context["default_user_id"]  # the action names somebody
        create = super(CrmLead, self.with_context(**context))._load_records_create
        rows._write_loaded(dict(zip(rows, vals_list, strict=True)), create)
        return self.browse([row.lead_id.id for row in rows])

    def _without_clock(self, vals):
        """Return the values of a deal: whoever takes one over has been in contact before."""
        return {"first_touch_deadline": False, **vals}


def visit_words(vals):
    """Return the facts of a visit in ``vals``, under the words of a file's rows."""
    return {word: vals[name] or None for name, word in _WORD_BY_VISIT_FIELD.items() if name in vals}
