import json

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import format_amount, formatLang

from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.addons.lead_followup.tools import letters

from ..tools import scorecard

_MOST_STAFF = 5  # rows that fit on the page
# figure: what its number opens, what its rate is of opens
_OPENS = {
    "lead": ("lead", None),
    "qualified": ("qualified", "lead"),
    "in_time": ("in_time", "due"),
    "human": ("human", "due"),
    "automatic": ("automatic", "due"),
    "touches": ("lead", "touched"),
    "pipeline": ("open_deal", "open_deal"),
    "won": ("won", "lead"),
    "revenue": ("revenue", None),
    "cost": ("cost", None),
    "cost_per_lead": ("costed", "costed"),
    "return": ("costed", "costed"),
}
_COSTS = ("cost", "cost_per_lead", "return")
_MONEY = ("pipeline", "revenue", "cost", "cost_per_lead")
_PARTS = ("human", "automatic")  # of the row above them
_OF_DUE = ("in_time", *_PARTS)  # nobody due is not nobody contacted
_LIMITS = ("cost", "cost_per_lead")
_GOALS = {
    "lead": "goal_lead_count",
    "qualified": "goal_qualified_count",
    "in_time": "goal_in_time_pct",
    "revenue": "goal_revenue",
    "cost": "goal_cost_total",
    "cost_per_lead": "goal_cost_per_lead",
}


class LeadTradeShow(models.Model):
    """The scorecard as a page: in words and numbers as they are read, each opening its leads."""

    _inherit = "lead.trade.show"

    def action_open_scorecard(self):
        """Open the scorecards of these shows."""
        self._check_scorecard_access()
        return {
            "type": "ir.actions.client",
            "tag": "lead_nurture.show_scorecard",
            "name": self.env._("Scorecard"),
            "context": {"active_model": self._name, "active_ids": self.ids},
            "params": {"show_ids": self.ids},
        }

    def action_print_scorecard(self):
        """Print the scorecards as PDF, or as a page to print where no PDF can be made."""
        self._check_scorecard_access()
        report = self.env.ref("lead_nurture.action_report_show_scorecard")
        if self._can_make_scorecard_pdf():
            return report.report_action(self, config=False)
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            # sudo: who may print need not read how reports are made
            "url": f"/report/html/{report.sudo().report_name}/{ids}",
            "target": "new",
        }

    def _can_make_scorecard_pdf(self):
        """Tell whether wkhtmltopdf is here and draws these pages as they are."""
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return False
        return _wkhtml().is_patched_qt or not (
            self._get_page_direction() == "rtl"
            or letters.has_right_to_left(" ".join(self.mapped("name")))
        )

    def _get_page_direction(self):
        code = self.env.context.get("lang") or self.env.user.lang
        return self.env["res.lang"]._get_data(code=code).direction or "ltr"

    def get_scorecard_html(self):
        """Return the scorecards of these shows for the screen."""
        pages = self._get_scorecard_pages()
        return str(
            self.env["ir.qweb"]._render(
                "lead_nurture.show_scorecards",
                {"pages": pages, "is_screen": True, "direction": self._get_page_direction()},
            )
        )

    @api.model
    def action_open_figure(self, figure):
        """Open the leads behind a number of a scorecard, as it says in ``show_figure``."""
        action = self.env["ir.actions.act_window"]._for_xml_id("lead_followup.crm_lead_show_action")
        return {
            **action,
            "name": self.env._("Leads behind the number"),
            "domain": [("show_figure", "=", figure)],
            "context": {"active_test": False, "create": False},
        }

    def _get_scorecard_pages(self):
        """Return what the pages say: ``[{"title", "state", "columns", "rows", "staff", …}]``."""
        return [card["show"]._get_scorecard_page(card) for card in self._get_scorecard_figures()]

    def _get_scorecard_page(self, card):
        self.ensure_one()
        labels = self._get_figure_labels()
        names = [name for name in labels if name not in _COSTS or self._may_see_costs()]
        return {
            "title": self.name,
            "subtitle": self._get_scorecard_subtitle(),
            "company": self.company_id.name,
            "state": self._get_state_text(card),
            "made": format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
            "compared": self._get_compared_text(card),
            "columns": [
                {"name": other.name, "date": format_date(self.env, other.date_end)}
                for other in card["others"]
            ],
            "rows": [
                {
                    "label": labels[name],
                    "is_part": name in _PARTS,
                    "goal": self._get_goal_cell(name, card),
                    "cells": [
                        self._get_cell(name, looked_at, card)
                        for looked_at in (self, *card["others"])
                    ],
                }
                for name in names
            ],
            "staff": [
                {
                    "name": " ".join(person["names"][0].split()),
                    "cells": [
                        {
                            "text": self._format_number(person[name]),
                            "open": person[name] and self._get_opening(name, staff=person["names"]),
                        }
                        for name in ("lead", "qualified", "won")
                    ],
                }
                for person in card["staff"][:_MOST_STAFF]
            ],
            "staff_left_out": len(card["staff"][_MOST_STAFF:]),
            "notes": self._get_scorecard_notes(card),
        }

    def _get_figure_labels(self):
        return {
            "lead": self.env._("Leads"),
            "qualified": self.env._("Qualified"),
            "in_time": self.env._("First contact within %s hours", self.clock_hours),
            "human": self.env._("by a person"),
            "automatic": self.env._("by an automatic e-mail only"),
            "touches": self.env._("Touches a lead since the show"),
            "pipeline": self.env._("Open pipeline"),
            "won": self.env._("Won"),
            "revenue": self.env._("Revenue won"),
            "cost": self.env._("Cost"),
            "cost_per_lead": self.env._("Cost a lead"),
            "return": self.env._("Return"),
        }

    def _get_scorecard_subtitle(self):
        begin, end = (format_date(self.env, date) for date in (self.date_begin, self.date_end))
        dates = begin if self.date_begin == self.date_end else f"{begin} – {end}"
        place = [self.city, self.country_id.name]
        return " · ".join(filter(None, [dates, *place]))

    def _get_state_text(self, card):
        if card["age"] is None:
            return self.env._("Has not begun: nothing is due yet.")
        if self._is_running():
            day = max((self._get_local_today() - self.date_begin).days + 1, 1)
            days = (self.date_end - self.date_begin).days + 1
            return self.env._(
                "Still running, day %(day)s of %(days)s: what came so far.", day=day, days=days
            )
        if not card["age"].days:
            return self.env._("Closed less than a day ago: what came so far.")
        return self.env._("Days since its closing: %s. What came so far.", card["age"].days)

    def _get_compared_text(self, card):
        """Say which shows stand beside it, and as of when."""
        if not card["others"]:
            return self.env._("No earlier show to compare with.")
        age = card["age"]
        if age is None:
            when = self.env._("as they stand today")
        elif age.days < 0:
            when = self.env._("each as it stood just as long before its closing")
        elif not age.days:
            when = self.env._("each as it stood less than a day after its closing")
        elif age.days == 1:
            when = self.env._("each as it stood a day after its closing")
        else:
            when = self.env._("each as it stood %s days after its closing", age.days)
        if card["is_same"]:
            return self.env._("Compared with its earlier editions, %s.", when)
        return self.env._("Compared with the last shows of the company, %s.", when)

    def _get_goal_cell(self, name, card):
        """Return what was wanted and how far it is; False without a goal."""
        goal = name in _GOALS and self[_GOALS[name]]
        if not goal:
            return False
        figure = card["figures_by_show"][self][name]
        is_rate = name == "in_time"
        value = figure.rate if is_rate else figure.value
        verdict = scorecard.judge(value, goal, is_limit=name in _LIMITS)
        words = {
            "reached": self.env._("✓ reached"),
            "within": self.env._("✓ within"),
            "above": self.env._("▲ above the goal"),
            "below": self.env._("▼ below the goal"),
            None: self.env._("nothing to judge yet"),
        }
        word = words[verdict]
        if verdict == "below" and not is_rate:  # what may still come is not missed
            word = self.env._("%s %% of it so far", self._format_number(int(100 * value / goal)))
        return {
            "text": self._format_percent(goal) if is_rate else self._format_figure(name, goal),
            "word": word,
            "is_bad": verdict == "above" or (verdict == "below" and is_rate),
        }

    def _get_cell(self, name, looked_at, card):
        """Return how a figure of one show reads: ``{text, note, open, note_open, is_small}``."""
        figure = card["figures_by_show"][looked_at][name]
        until = card["until_by_other"].get(looked_at)
        number_opens, base_opens = _OPENS[name]
        is_unknown = figure.value is None or (name == "pipeline" and until)
        if is_unknown or (name in _OF_DUE and not figure.base):
            note = self.env._("none due yet") if name == "in_time" else ""
            return {"text": "–", "note": note, "open": False, "note_open": False, "is_small": False}
        note = self._get_note(name, figure, looked_at, card)
        leads = figure.value if figure.rate is not None or figure.base is None else figure.base
        if name == "cost":  # opens the leads that it is spread over
            leads = card["sums_by_show"][looked_at].get("cost_lead")
        return {
            "text": self._format_figure(name, figure.value),
            "note": note,
            "open": leads and looked_at._get_opening(number_opens, until),
            "note_open": note and base_opens and looked_at._get_opening(base_opens, until),
            "is_small": figure.is_small,
        }

    def _get_note(self, name, figure, looked_at, card):
        if figure.rate is not None:
            return self.env._(
                "%(rate)s of %(count)s",
                rate=self._format_percent(figure.rate),
                count=self._format_number(figure.base),
            )
        sums = card["sums_by_show"][looked_at]
        if name == "touches":
            return self.env._("%s in all", self._format_number(sums["touch"]))
        if name == "pipeline" and sums.get("open_deal"):
            return self.env._("open deals: %s", self._format_number(sums["open_deal"]))
        if name in ("cost_per_lead", "return") and figure.base:
            return self.env._("leads it is for: %s", self._format_number(figure.base))
        return ""

    def _get_opening(self, figure, until=False, staff=()):
        """Return what ``show_figure`` finds the leads of a figure by."""
        self.ensure_one()
        return json.dumps(
            [figure, self.id, until and fields.Datetime.to_string(until) or None, list(staff)]
        )

    def _format_figure(self, name, value):
        if name in _MONEY:
            return format_amount(self.env, value, self.currency_id, trailing_zeroes=False)
        if name == "return":
            return self._format_percent(value)
        return self._format_number(value, digits=1 if name == "touches" else 0)

    def _format_percent(self, value):
        return self.env._("%s %%", self._format_number(value))

    def _format_number(self, value, digits=0):
        return formatLang(self.env, value, digits=digits)

    def _get_scorecard_notes(self, card):
        """Return the few sentences without which a number could be misread."""
        last = self.company_id.sudo().lead_show_credit == "last"  # sudo: holds whoever looks
        notes = [
            self.env._(
                "A lead at several shows counts for each; its pipeline, revenue and cost count for "
                "the latest only."
            )
            if last
            else self.env._(
                "A lead at several shows counts for each; its pipeline, revenue and cost count for "
                "the first only."
            ),
            self.env._(
                "First contact: of the leads that were contacted or whose time is over; who is "
                "not due yet is not counted as missed."
            ),
        ]
        if self._may_see_costs():
            notes.append(
                self.env._("Return: what came in beyond the cost, of a hundred spent; won so far.")
            )
            if card["extra_cost"] >= 0.5:
                notes.append(
                    self.env._(
                        "The cost holds %s that was spent on campaigns and sources.",
                        self._format_figure("cost", card["extra_cost"]),
                    )
                )
        if card["others"]:
            notes.append(self.env._("What was open at an earlier show on that day is not known."))
        figures = [
            figure for found in card["figures_by_show"].values() for figure in found.values()
        ]
        if any(figure.is_small for figure in figures):
            notes.append(
                self.env._("⚠ Of fewer than %s leads: read it with care.", scorecard.SMALL_SAMPLE)
            )
        return notes
