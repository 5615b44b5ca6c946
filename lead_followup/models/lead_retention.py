import logging

from dateutil.relativedelta import relativedelta
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

_THROUGH = ("done", "failed", "undone")
_MAY_HAVE_LEFT = ("done", "sending", "doubtful")


class LeadRetention(models.AbstractModel):
    """What is older than a company keeps it is forgotten, a batch a transaction; counts stay.

    A duty is one kind of data with the setting that speaks of it. What is forgotten is met by its
    duty no more, so that it goes on where it stopped. What fails is logged and met again.
    """

    _name = "lead.retention"
    _description = "Forgetting of Old Data"

    @api.model
    def _get_duties(self):
        """Return ``{duty: (setting of the company, model, records a transaction)}``.

        Each has ``_find_<duty>(company, before)``, a domain, and ``_forget_<duty>(records)``.
        """
        return {
            "files": ("lead_keep_imports_months", "lead.import", 50),
            "rows": ("lead_keep_imports_months", "lead.import.row", 1000),
            "rejected": ("lead_keep_rejected_months", "lead.import.row", 1000),
            "forms": ("lead_keep_imports_months", "lead.public.post", 200),
            "photos": ("lead_keep_photos_months", "ir.attachment", 200),
            "disqualified": ("lead_keep_disqualified_months", "crm.lead", 200),
        }

    @api.model
    def _get_duty_texts(self):
        return {
            "files": self.env._("imports with their files"),
            "rows": self.env._("rows of imports"),
            "rejected": self.env._("rejected rows"),
            "forms": self.env._("forms that were never let in"),
            "photos": self.env._("photos of cards"),
            "disqualified": self.env._("disqualified leads"),
        }

    @api.model
    def _count_due(self, company, months_by_setting):
        """Return ``{duty: how many records would be forgotten now}`` by these settings."""
        return {
            duty: self._get_records(model).search_count(
                self._get_due(duty, company, months_by_setting[setting])
            )
            for duty, (setting, model, _size) in self._get_duties().items()
            if months_by_setting.get(setting, 0) > 0
        }

    @api.model
    def _get_due(self, duty, company, months):
        before = fields.Datetime.now() - relativedelta(months=months)
        return getattr(self, f"_find_{duty}")(company, before)

    @api.model
    def _get_records(self, model):
        # sudo: the program forgets, and counts, whoever has set for how long
        return self.env[model].sudo().with_context(active_test=False)

    @api.model
    def _find_files(self, company, before):
        return Domain(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", before),
                ("state", "in", _THROUGH),
                ("forgotten_at", "=", False),
            ]
        )

    @api.model
    def _find_rows(self, company, before):
        return Domain("forgotten_at", "=", False) & Domain(
            [
                ("company_id", "=", company.id),
                ("import_id.create_date", "<", before),
                ("import_id.state", "in", _THROUGH),
            ]
        )

    @api.model
    def _find_rejected(self, company, before):
        return self._find_rows(company, before) & Domain("verdict", "=", "rejected")

    @api.model
    def _find_forms(self, company, before):
        return Domain(
            [
                ("link_id.company_id", "in", self._get_company_ids(company)),
                ("create_date", "<", before),
            ]
        )

    @api.model
    def _find_photos(self, company, before):
        return Domain(
            [
                ("company_id", "=", company.id),
                ("create_date", "<", before),
                ("res_model", "in", ("crm.lead", "lead.import")),
                ("description", "=like", "lead.import.row,%"),
            ]
        )

    @api.model
    def _find_disqualified(self, company, before):
        return Domain("company_id", "in", self._get_company_ids(company)) & Domain(
            [
                ("create_date", "<", before),
                ("lifecycle", "=", "disqualified"),
                ("won_status", "!=", "won"),
                ("erased_at", "=", False),
                ("worked_on_at", "=", False),
                ("first_touch_at", "=", False),
                ("touch_ids", "not any", [("state", "in", _MAY_HAVE_LEFT)]),
            ]
        )

    @api.model
    def _get_company_ids(self, company):
        """Records of no company are those of the only one; of several none forgets them."""
        is_only = self.env["res.company"].sudo().search_count([], limit=2) == 1
        return [company.id, *([False] if is_only else [])]

    @api.model
    def _forget_files(self, jobs):
        jobs._forget_file()

    @api.model
    def _forget_rows(self, rows):
        rows._forget()

    _forget_rejected = _forget_rows

    @api.model
    def _forget_forms(self, posts):
        posts.unlink()

    @api.model
    def _forget_photos(self, attachments):
        attachments.unlink()

    @api.model
    def _forget_disqualified(self, leads):
        """With them goes what the rows that made or met them say."""
        rows = self._get_records("lead.import.row").search([("lead_id", "in", leads.ids)])
        rows._forget()
        leads._forget_person()

    @api.model
    def _cron_forget(self):
        """Forget what is older than its company keeps it; out of time, the next run goes on."""
        cron = self.env["ir.cron"]
        # sudo: the scheduler's own
        companies = self.env["res.company"].sudo()
        settings = {setting for setting, _model, _size in self._get_duties().values()}
        switched_on = Domain.OR(Domain(name, ">", 0) for name in sorted(settings))
        for company in companies.search(switched_on):
            for duty, (setting, model, size) in self._get_duties().items():
                if company[setting] <= 0:
                    continue
                due = self._get_due(duty, company, company[setting])
                records, last_id = self._get_records(model), 0
                cron._commit_progress(remaining=records.search_count(due))
                while batch := records.search(
                    due & Domain("id", ">", last_id), order="id", limit=size
                ):
                    last_id = batch[-1].id
                    self._forget_apart(company, duty, batch.try_lock_for_update())
                    if not cron._commit_progress(len(batch)):
                        return

    @api.model
    def _forget_apart(self, company, duty, records):
        """Forget these; where one can't be, the others are. Notes on the company how many."""
        if not records:
            return
        try:
            with self.env.cr.savepoint():
                count = len(records)
                getattr(self, f"_forget_{duty}")(records)
                counts = company.lead_forgotten or {}
                company.write(
                    {
                        "lead_forgotten": {**counts, duty: counts.get(duty, 0) + count},
                        "lead_forgotten_at": fields.Datetime.now(),
                    }
                )
            _logger.info("%s: %s records forgotten as “%s”", company.name, count, duty)
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            if len(records) == 1:
                _logger.exception("Could not be forgotten, met again: %s", records)
                return
            for record in records:
                self._forget_apart(company, duty, record)
