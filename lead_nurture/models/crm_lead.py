from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A lead that is not ready goes to nurture: no rep is troubled, and it is not forgotten."""

    _inherit = "crm.lead"

    def action_start_nurture(self):
        """Let these leads enter the track “Stay in touch”; say how many did, and why not all.

        Who may not enter stays as it is.

        :raises UserError: none of them may enter, or the track was deleted.
        """
        self.check_access("write")  # before the reasons tell of leads out of sight
        track = self.env.ref("lead_nurture.lead_cadence_stay_in_touch", raise_if_not_found=False)
        if not track:
            raise UserError(
                self.env._(
                    "The track “Stay in touch” was deleted.\n"
                    "Let these leads enter another track, with “Enroll in Cadence”."
                )
            )
        leads, left_out = track._split_enrollable(self)
        texts = track._get_entry_reason_texts()
        reasons = [
            self.env._("%(reason)s: %(count)s", reason=texts.get(word, word), count=len(out))
            for word, out in left_out.items()
        ]
        if not leads:
            raise UserError(
                "\n".join([self.env._("None of these leads can be nurtured."), *reasons])
            )
        entered = track._enroll(leads).lead_id
        entered.lifecycle = "nurture"
        message = self.env._(
            "%(count)s of %(all)s leads are nurtured now.", count=len(entered), all=len(self)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if reasons else "success",
                "message": "\n".join([message, *reasons]),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
