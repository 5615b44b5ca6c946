from odoo import api, models
from odoo.fields import Domain

from odoo.addons.lead_scoring.models.lead_first_step import Finding


class LeadFirstStep(models.Model):
    """Also: the first file, what came of it, and the cadences that write to its leads."""

    _inherit = "lead.first.step"

    def _get_action(self):
        """A first file has no list to look at yet: its form opens at once."""
        action = super()._get_action()
        if action and self.code == "import" and not self._get_imports(self.env.company):
            action.update(view_mode="form", views=[(False, "form")])
        return action

    @api.model
    def _get_findings(self, company):
        return {
            **super()._get_findings(company),
            "import": self._find_import(company),
            "result": self._find_result(company),
            "cadences": self._find_cadences(company),
        }

    @api.model
    def _find_import(self, company):
        jobs = self._get_imports(company)
        done = jobs.filtered(lambda job: job.state == "done")
        running = jobs.filtered(lambda job: job.state in ("queued", "running", "paused"))
        judged = jobs.filtered(lambda job: job.state == "previewed")
        if not jobs:
            now = self.env._("No file was imported yet. Nothing has to be set up for the first.")
        else:
            now = self.env._(
                "Files imported: %(done)s, with %(new)s new leads and %(enriched)s known ones.",
                done=len(done),
                new=sum(done.mapped("new_count")),
                enriched=sum(done.mapped("enriched_count")),
            )
        if running:
            now = self.env._("%(now)s Being imported: %(names)s.", now=now, names=running[0].name)
        starts = self.env._("A file is judged first. Nothing is written before you confirm.")
        if judged:
            starts = self.env._(
                "“%(name)s” is judged and waits for you: %(count)s leads. %(mailed)s",
                name=judged[0].name,
                count=judged[0].new_count + judged[0].enriched_count,
                mailed=judged[0].mailed_text,
            )
        return Finding("done" if done else "todo", now, starts)

    @api.model
    def _get_imports(self, company):
        """Return the imports of ``company`` that were not taken back, the latest first."""
        return self.env["lead.import"].search(
            [
                ("company_id", "=", company.id),
                ("state", "not in", ("draft", "failed", "undone")),
            ]
        )

    @api.model
    def _find_result(self, company):
        # archived ones count: who doesn't buy came in as well
        leads = self.env["crm.lead"].with_context(active_test=False)
        imported = self._get_lead_domain(company) & Domain("import_id", "!=", False)
        count_by_temperature = dict(leads._read_group(imported, ["temperature"], ["__count"]))
        total = sum(count_by_temperature.values())
        if not total:
            return Finding(
                "todo", self.env._("No lead came in by a file yet: import one, then look here.")
            )
        stale = Domain("score_id", "any!", [("is_stale", "=", True)])
        unscored = leads.search_count(imported & stale)
        now = self.env._(
            "Leads that came in by a file: %(total)s. Hot: %(hot)s, warm: %(warm)s.",
            total=total,
            hot=count_by_temperature.get("hot", 0),
            warm=count_by_temperature.get("warm", 0),
        )
        if unscored:
            now = self.env._("%(now)s Still to be scored: %(count)s.", now=now, count=unscored)
        return Finding("todo" if unscored else "done", now)

    @api.model
    def _find_cadences(self, company):
        cadences = self._get_cadences(company)
        if not cadences:
            return Finding(
                "todo", self.env._("No cadence with steps is active: nobody is written to.")
            )
        shows = self.env["lead.trade.show"].search(
            self._get_shared_domain(company) & Domain("cadence_id", "in", cadences.ids)
        )
        ways_in = cadences.filtered(
            lambda cadence: (
                cadence.enrollment_count
                or cadence.is_self_enrolling
                or cadence in shows.cadence_id
                or cadence == company.lead_auto_cadence_id
            )
        )
        starts = self._describe_cadence_starts(cadences, shows, company)
        texts = [self._describe_cadence(cadence) for cadence in ways_in] or [
            self.env._("No lead is in a cadence, and none lets leads enter: nothing is sent.")
        ]
        if held := self._describe_held(company):
            return Finding("off", "\n".join([held, *texts]), "\n".join(starts))
        return Finding("done" if ways_in else "todo", "\n".join(texts), "\n".join(starts))

    @api.model
    def _get_cadences(self, company):
        """Return the active cadences with steps that ``company`` may use."""
        return self.env["lead.cadence"].search(
            self._get_shared_domain(company) & Domain("step_ids", "!=", False)
        )

    @api.model
    def _describe_held(self, company):
        """Return why no e-mail reaches a lead though cadences run, or nothing."""
        if company.lead_sending_stopped:
            return self.env._("All sending is stopped: Settings → CRM lets it go on.")
        if company.lead_test_mode:
            return self.env._(
                "Test mode: e-mails go to %s instead of the leads.", company.lead_test_email
            )
        return ""

    @api.model
    def _describe_cadence(self, cadence):
        return self.env._(
            "“%(cadence)s” is active: leads inside, who are contacted: %(count)s.",
            cadence=cadence.name,
            count=cadence.enrollment_count,
        )

    @api.model
    def _describe_cadence_starts(self, cadences, shows, company):
        """Return what lets leads enter, by itself or after a confirmation, as sentences."""
        texts = [
            self.env._(
                "“%(cadence)s” lets leads enter by itself. %(count)s more match already: they "
                "are contacted once you confirm it on the cadence.",
                cadence=cadence.name,
                count=cadence.passed_count,
            )
            for cadence in cadences
            if cadence.is_self_enrolling
        ]
        if company.lead_auto_cadence_id in cadences:
            texts.append(
                self.env._(
                    "New people who write or fill in a form enter “%s” by themselves.",
                    company.lead_auto_cadence_id.name,
                )
            )
        if shows.cadence_id:
            texts.append(
                self.env._(
                    "Leads of a show enter its cadence when you confirm their import; it states "
                    "how many will be e-mailed."
                )
            )
        return texts or [
            self.env._(
                "A trade show's import, “Enroll…” in a list of leads, or a cadence's own rule "
                "lets leads enter. Each states the number first."
            )
        ]
