from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A salesperson's word on a score: “this is wrong”, kept for the score audit."""

    _inherit = "crm.lead"  # pylint: disable=consider-merging-classes-inherited

    def action_mark_score_wrong(self, direction, word=""):
        """Note that the acting user finds this lead's score wrong, with the lines he saw.

        The score stays as it is. Marked again, both marks stay; the audit goes by the last one.

        :param direction: ``too_high`` or ``too_low``.
        :param word: why, in a few words; may be empty.
        :return: a notification that says so.
        """
        self.ensure_one()
        self.check_access("read")
        events = self.env["lead.event"]
        events.check_access("read")  # a reseller in the portal may read leads, too
        kind = f"score_{direction}"
        if kind not in events._MARK_KINDS:
            raise UserError(
                self.env._(
                    "The score of “%(lead)s” was not marked: “%(direction)s” is no mark.\n"
                    "Say whether it is too high or too low.",
                    lead=self.display_name,
                    direction=direction,
                )
            )
        lines = self._get_score_lines()[self.id]
        events._log(
            [
                {
                    "lead_id": self.id,
                    "kind": kind,
                    "note": (word or "").strip(),
                    "score": sum(line["points"] for line in lines),
                    "snapshot": lines,
                }
            ]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Noted. The score stays as it is; the score audit counts it."
                ),
            },
        }
