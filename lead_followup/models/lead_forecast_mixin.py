from contextlib import closing, contextmanager

from odoo import models
from odoo.tools.misc import Callbacks

from .moments import format_day

_CHANNELS = ("email", "call", "letter", "task")


class LeadForecastMixin(models.AbstractModel):
    """What every forecast of contacts shares: it is carried out, read and taken back whole.

    The figures have the shape of ``lead.cadence.enrollment._read_forecast``; here they become
    what the template shows, in the reader's language.
    """

    _name = "lead.forecast.mixin"
    _description = "Forecast of Contacts"

    @contextmanager
    def _taken_back(self):
        """Take back all that is written inside, and what was to follow the commit.

        The caches are empty afterwards: nothing of an unsaved record may be waiting in them.
        """
        cr = self.env.cr
        kept, cr.postcommit = cr.postcommit, Callbacks()
        try:
            with closing(cr.savepoint()):
                yield
        finally:
            cr.postcommit = kept

    def _forget_cache(self):
        """Forget what was written, as the commit after each chunk of the real run does."""
        self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def _render_forecast(self, values):
        """Return the HTML of a forecast; ``values`` begin with ``_prepare_forecast_table``."""
        return self.env["ir.qweb"]._render("lead_followup.lead_import_forecast", values)

    def _prepare_forecast_table(self, forecast, company):
        """Return the part of the template's values that every forecast has."""
        labels = self._get_channel_labels()
        channels = [name for name in _CHANNELS if any(line[1] == name for line in forecast["plan"])]
        return {
            "forecast": forecast,
            "cadence": self.env["lead.cadence"].browse(forecast["cadence_id"] or []).exists(),
            "channels": [(name, labels[name]) for name in channels],
            "days": self._get_forecast_days(forecast, channels),
            "senders": self._get_forecast_senders(forecast),
            "cap": company.lead_email_cap,
        }

    def _get_channel_labels(self):
        return dict(self.env["lead.touch"]._fields["channel"]._description_selection(self.env))

    def _get_forecast_days(self, forecast, channels):
        """Return ``[(day as text, [count a channel], late, capped)]`` in the order of time."""
        days = {}
        for day, channel, _user_id, count, late, capped in forecast["plan"]:
            found = days.setdefault(day, [dict.fromkeys(channels, 0), 0, 0])
            found[0][channel] += count
            found[1] += late
            found[2] += capped
        return [
            (
                format_day(self.env, day),
                [counts[channel] for channel in channels],
                late,
                capped,
            )
            for day, (counts, late, capped) in sorted(days.items())
        ]

    def _get_forecast_senders(self, forecast):
        """Return in whose names what is done, the busiest first, as ``[(what, names)]``."""
        texts = {
            "email": self.env._("E-mails go out in the name of:"),
            "call": self.env._("Calls are made by:"),
            "letter": self.env._("Letters are signed by:"),
            "task": self.env._("Tasks are done by:"),
        }
        counts = {}
        for _day, channel, user_id, count, _late, _capped in forecast["plan"]:
            of_channel = counts.setdefault(channel, {})
            of_channel[user_id] = of_channel.get(user_id, 0) + count
        lines = []
        for channel in _CHANNELS:
            of_channel = counts.get(channel, {})
            # sudo: a rep may not be allowed to see every user of the company
            users = (
                self.env["res.users"].sudo().browse([user_id for user_id in of_channel if user_id])
            )
            ranked = users.sorted(lambda user, found=of_channel: -found[user.id])
            names = [f"{user.name} ({of_channel[user.id]})" for user in ranked]
            if names:
                lines.append((texts[channel], ", ".join(names)))
        return lines

    def _get_forecast_warnings(self, company):
        """Return what stands in the way of all, as ``[(Bootstrap colour, text)]``."""
        if not company.lead_sending_stopped:
            return []
        return [("danger", self.env._("Sending is stopped for this company: e-mails will wait."))]

    def _get_forecast_open_notes(self, forecast):
        """Return what has no moment and why, as ``[(Bootstrap colour, text)]``."""
        labels = self._get_channel_labels()
        notes = []
        for state, channel, reason, count in forecast["open"]:
            touch = self.env["lead.touch"].new({"state": state, "reason": reason})
            text = self.env._(
                "%(channel)s: %(why)s – %(count)s",
                channel=labels[channel],
                why=touch.reason_text,
                count=count,
            )
            notes.append(("info" if state == "waiting" else "warning", text))
        return notes
