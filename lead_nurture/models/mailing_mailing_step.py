from odoo import api, models
from odoo.exceptions import UserError


class MailingMailing(models.Model):
    """A mailing that steps of tracks count on is kept; archived, it goes on counting.

    What such a step sends is its template's text: without its mailing it would lose what was
    opened and clicked, not its words.
    """

    _inherit = "mailing.mailing"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted_on(self):
        # sudo: whoever deletes a mailing need not see the tracks that use it
        steps = self.env["lead.cadence.step"].sudo().with_context(active_test=False)
        steps = steps.search([("mailing_id", "in", self.ids)])
        if not steps:
            return
        names = sorted({step.cadence_id.name for step in steps})
        raise UserError(
            self.env._(
                "“%(mailing)s” counts what is opened and clicked in: %(cadences)s.\n"
                "Archive it instead, which changes nothing there; or take it off the steps first.",
                mailing=steps[0].mailing_id.subject,
                cadences=", ".join(names),
            )
        )
