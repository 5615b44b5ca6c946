from odoo import Command
from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import LeadScoringCase


@tagged("post_install", "-at_install")
class TestLeftovers(LeadScoringCase):
    """What people saved with our names in it goes with us; what is their own stays."""

    def _save_filter(self, model="crm.lead", **vals):
        return self.env["ir.filters"].create({"name": str(vals), "model_id": model, **vals})

    def test_filters_that_need_our_names_go(self):
        gone = self._save_filter(domain="[('temperature', '=', 'hot')]")
        gone |= self._save_filter(domain='[("qualification_ids.answer_id", "!=", False)]')
        gone |= self._save_filter(domain="['|', ('user_id', '=', uid), ('mql_at', '!=', False)]")
        gone |= self._save_filter(
            domain="[('partner_id', 'any', [('opportunity_ids.lifecycle', '=', 'mql')])]"
        )
        gone |= self._save_filter(domain="[('name', '=', 'a')] + [('temperature', '=', 'hot')]")
        gone |= self._save_filter(domain="AND([[('user_id', '=', uid)], [('mql_at', '!=', 0)]])")
        gone |= self._save_filter(domain="Domain('user_id', '=', 1) & Domain('mql_at', '!=', 0)")
        gone |= self._save_filter(context="{'group_by': ['mql_at:month']}")
        gone |= self._save_filter(sort='["score_total desc"]', active=False)
        gone |= self._save_filter("lead.segment")
        gone |= self._save_filter(
            "res.partner", domain="[('opportunity_ids.lifecycle', '=', 'mql')]"
        )

        uninstall_hook(self.env)

        self.assertFalse(gone.exists())

    def test_filters_of_others_stay(self):
        kept = self._save_filter(domain="[('priority', '=', '1'), ('user_id', '=', uid)]")
        # a word of ours as a value, and a name that only begins like one of ours
        kept |= self._save_filter(domain="[('name', '=', 'lifecycle')]")
        kept |= self._save_filter(domain="[('name', '=', 'lifecycle')] + [('user_id', '=', uid)]")
        kept |= self._save_filter(
            domain="[('create_date', '>', context_today().strftime('%Y-%m-%d'))]"
        )
        kept |= self._save_filter(context="{'group_by': ['team_id.name', 'create_date:month']}")
        kept |= self._save_filter("res.partner", domain="[('temperature', '=', 'hot')]")

        uninstall_hook(self.env)

        self.assertEqual(kept.exists(), kept)

    def test_an_export_loses_our_columns_only(self):
        mixed, ours, theirs, dead = self.env["ir.exports"].create(
            [
                {
                    "name": str(columns),
                    "resource": model,
                    "export_fields": [Command.create({"name": column}) for column in columns],
                }
                for model, columns in (
                    ("crm.lead", ["name", "temperature", "qualification_ids/answer_id/name"]),
                    ("crm.lead", ["score_total"]),
                    ("crm.lead", ["name", "team_id/name"]),
                    ("lead.score.rule", ["name"]),
                )
            ]
        )

        uninstall_hook(self.env)

        self.assertEqual(mixed.export_fields.mapped("name"), ["name"])
        self.assertEqual(theirs.export_fields.mapped("name"), ["name", "team_id/name"])
        self.assertFalse((ours | dead).exists())

    def test_actions_and_parameters_of_ours_go(self):
        actions = self.env["ir.actions.act_window"]
        mine = actions.create({"name": "Rules", "res_model": "lead.score.rule"})
        leads = actions.create({"name": "Leads", "res_model": "crm.lead"})
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("lead_scoring.anything", "1")
        parameters.set_param("lead_scoring_website.other", "1")

        uninstall_hook(self.env)

        self.assertFalse(mine.exists())
        self.assertTrue(leads.exists())
        self.assertFalse(parameters.get_param("lead_scoring.anything"))
        self.assertEqual(parameters.get_param("lead_scoring_website.other"), "1")
