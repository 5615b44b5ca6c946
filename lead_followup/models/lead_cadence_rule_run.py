import logging

import psycopg2

from odoo import api, models
from odoo.tools import split_every

_logger = logging.getLogger(__name__)


class LeadCadence(models.Model):
    """The run that lets leads enter by rule: soon after one came to match, and every hour.

    Every hour because a filter may speak of days gone by, or of records beside the lead.
    """

    _inherit = "lead.cadence"

    _RULE_BATCH = 500  # leads a transaction

    @api.model
    def _cron_enroll_by_rule(self):
        """Let the leads that have come to match enter, a batch a transaction."""
        cron = self.env["ir.cron"]
        rules = self._get_rules().filtered("step_ids")
        todo = rules._find_coming()
        cron._commit_progress(remaining=len(todo))
        for ids in split_every(self._RULE_BATCH, todo.ids):
            rules._run_rules_apart(todo.browse(ids).try_lock_for_update())
            if not cron._commit_progress(len(ids)):
                break

    def _find_coming(self):
        """Return the leads that have come to match one of these rules."""
        coming = self.env["crm.lead"]
        for rule in self:
            coming |= rule._find_coming_or_switch_off()
        return (coming - self._find_being_imported(coming)).with_env(self.env)

    def _find_coming_or_switch_off(self):
        """Return the leads that have come to match this rule; a broken one is switched off."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._forget_passed()
                return self._find_newcomers()
        except psycopg2.OperationalError:
            raise  # two at once, or a lost connection: says nothing about the filter
        except Exception as error:  # whatever a filter can raise, the others still work
            _logger.exception("The rule of cadence %s does not work, switched off", self.id)
            self._switch_off(str(error) or type(error).__name__)
        return self.env["crm.lead"]

    @api.model
    def _find_being_imported(self, leads):
        """Return those of ``leads`` that an import still works on: its cadence comes first."""
        running = self.env["lead.import"].search([("state", "in", ("queued", "running", "paused"))])
        if not running or not leads:
            return leads.browse()
        rows = self.env["lead.import.row"].search(
            [("import_id", "in", running.ids), ("lead_id", "in", leads.ids)]
        )
        return rows.lead_id | leads.filtered(lambda lead: lead.import_id in running)

    def _run_rules_apart(self, leads):
        """Let ``leads`` enter by these rules; where one fails, the others go on."""
        try:
            with self.env.cr.savepoint():
                self._run_rules(leads)
        except psycopg2.OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception:
            if len(leads) > 1:
                for lead in leads:
                    self._run_rules_apart(lead)
                return
            _logger.exception("%s could not enter a cadence by rule", leads)
            for rule in self:
                rule._pass_over(leads)
            leads._message_log_batch(
                bodies={
                    leads.id: self.env._(
                        "This lead could not enter a cadence by itself; the server's log says why. "
                        "Enroll it by hand."
                    )
                }
            )

    def _run_rules(self, leads):
        """Let each of ``leads`` enter by the first of these rules that it has come to match."""
        for rule in self.filtered("is_self_enrolling"):
            newcomers = rule._find_newcomers(leads).with_env(self.env)
            can, _left_out = rule._split_enrollable(rule._filter_takeable(newcomers))
            if can:
                rule._enroll_by_rule(can)
            rule._pass_over(newcomers - can)

    def _enroll_by_rule(self, leads):
        """Let ``leads`` enter this cadence, and note on each that its rule did it."""
        self._enroll(leads).is_by_rule = True
        text = self.env._("Entered the cadence “%(cadence)s” by its rule.", cadence=self.name)
        leads._message_log_batch(bodies=dict.fromkeys(leads.ids, text))

    def _let_in(self, leads):
        """Let ``leads``, which were passed over, enter in the background."""
        self._forget_passed(leads)
        self._trigger_rules()
