from odoo import api, models
from odoo.fields import Domain

from .lead_touch_stop import HELD_UNTIL

_TESTED = "tested"
_REFUSED = "test_refused"


class LeadTouch(models.Model):
    """While a company tests, its e-mails go to one address, and no lead counts as contacted.

    The cadence waits at the step whose e-mail was sent as a test: no first touch, no touch made,
    nothing planned behind it. Once the test is over, that very e-mail goes to the lead.
    """

    _inherit = "lead.touch"

    def _get_test_address(self):
        """Return where this e-mail goes instead, False where it goes to its lead."""
        company = self._get_sending_company()
        return company.lead_test_mode and company.lead_test_email

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        result = super()._compute_reason_text()
        for touch in self.filtered(lambda touch: touch.reason == _TESTED):
            touch.reason_text = self.env._("Sent as a test; the lead has not had it yet")
        for touch in self.filtered(lambda touch: touch.reason == _REFUSED):
            touch.reason_text = self.env._(
                "The test address was refused; the lead has not had it yet. Check the test address."
            )
        return result

    def _mark_sent(self, sent_at):
        tested = self.filtered(lambda touch: touch._get_test_address())
        tested._mark_tested()
        return super(LeadTouch, self - tested)._mark_sent(sent_at)

    def _mark_refused(self, reason):
        """Put by what the tester was refused: it says nothing about the lead's address."""
        tested = self.filtered(lambda touch: touch._get_test_address())
        if tested:
            tested._mark_tested()
            tested.reason = _REFUSED
        return super(LeadTouch, self - tested)._mark_refused(reason)

    def _mark_tested(self):
        """Put these e-mails by: the lead is still to get them."""
        self.write({"state": "queued", "reason": _TESTED})
        self.mail_id.write({"state": "outgoing", "scheduled_date": HELD_UNTIL})

    @api.model
    def _get_tested_domain(self):
        """Return which touches' e-mails were sent as a test only."""
        return self._get_held_domain() & Domain("reason", "in", (_TESTED, _REFUSED))

    @api.model
    def _get_released_domain(self):
        testing = self.env["res.company"].search([("lead_test_mode", "=", True)])
        still_tested = self._get_tested_domain() & self._get_company_domain(testing)
        return super()._get_released_domain() & ~still_tested

    def _release(self):
        self.filtered(lambda touch: touch.reason in (_TESTED, _REFUSED)).reason = False
        return super()._release()

    def _pass_on_queued(self):
        """Put by again what was sent as a test before it was prepared anew."""
        tested = self.filtered(lambda touch: touch.reason in (_TESTED, _REFUSED))
        result = super()._pass_on_queued()
        tested.filtered(lambda touch: touch.state == "queued")._mark_tested()
        return result
