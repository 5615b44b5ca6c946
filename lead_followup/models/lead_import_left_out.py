from collections import Counter

from odoo import models


class LeadImport(models.Model):
    """Who of an import stays out of its cadence, counted by why: foreseen, and when it is done."""

    _inherit = "lead.import"

    def _read_forecast(self, cadence):
        forecast = super()._read_forecast(cadence)
        left_out = forecast["left_out"]
        if cadence and left_out.get("other"):
            words = self._count_left_out(cadence, lambda lead: self._why_left_out(lead) == "other")
            rest = left_out.pop("other") - sum(words.values())
            left_out.update(words)
            if rest:
                left_out["other"] = rest
        return forecast

    def _count_left_out(self, cadence, among=lambda lead: True):
        """Return ``{reason word: count}`` of those who were to enter ``cadence`` and did not."""
        counts = Counter()
        for batch in self._get_batches_to_enroll(self._get_cadence_rows()):
            _can, left_out = cadence._split_enrollable(batch.filtered(among))
            counts.update({word: len(leads) for word, leads in left_out.items()})
        return dict(counts)

    def _describe_left_out_of_cadence(self):
        """Return a line a reason for who came in and did not enter the cadence."""
        cadence = self._get_cadence()
        if not cadence.step_ids:
            return []
        texts = cadence._get_entry_reason_texts()
        return [
            self.env._(
                "Not in the cadence “%(cadence)s” – %(why)s: %(count)s",
                cadence=cadence.name,
                why=texts.get(word, word),
                count=count,
            )
            for word, count in self._count_left_out(cadence).items()
        ]
