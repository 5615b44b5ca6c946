import logging

from psycopg2 import OperationalError

from odoo import models

_logger = logging.getLogger(__name__)


class CrmLead(models.Model):
    """A lead that is won enters the track after the sale that its company has chosen, if any.

    Nothing that was won before, or is made as won, enters by itself. What the customer answers is
    somebody's to read.
    """

    _inherit = "crm.lead"

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        if not old_status_by_lead:  # made as such: that is history
            return result
        if not self._has_turned(old_status_by_lead, new_status_by_lead):
            return result

        def is_turned(lead, is_won):
            old = old_status_by_lead.get(lead.id, {}).get("is_won")
            new = new_status_by_lead.get(lead.id, {}).get("is_won")
            return bool(new) == is_won and bool(old) != is_won

        self.filtered(lambda lead: is_turned(lead, True))._follow_sale()
        self.filtered(lambda lead: is_turned(lead, False))._follow_sale_undone()
        return result

    def _follow_sale(self):
        """Do what follows from these leads' being won just now; others may add theirs."""
        # sudo: whoever wins a lead
        for track, leads in (
            self.sudo()
            .grouped(lambda lead: lead._get_settings_company().lead_after_sale_track_id)
            .items()
        ):
            if track.active:
                leads._enter_after_sale(track)

    def _enter_after_sale(self, track, enter=None):
        """Let these enter; whatever is wrong with the track, they are won all the same.

        :param enter: what lets them enter, instead of ``track._enroll``.
        """
        try:
            with self.env.cr.savepoint():
                (enter or track._enroll)(self)
        except OperationalError:
            raise  # two transactions met: Odoo tries again
        except Exception as error:
            if len(self) > 1:
                for lead in self:
                    lead._enter_after_sale(track, enter)
                return
            _logger.exception("%s could not enter the track after the sale %s", self, track)
            self._tell_not_entered(track, error)

    def _tell_not_entered(self, track, error):
        """Put on a list that this customer has no track, why, and what is to be done."""
        self._schedule_next_action(
            self.env._("This customer could not enter “%(track)s”", track=track.name),
            note=self.env._(
                "It says: %(error)s\nLet the track be mended; then mark the lead in the list of "
                "leads and choose “After the Sale…”.",
                error=error,
            ),
        )

    def _follow_sale_undone(self):
        """Do what follows where these leads are won no more; others may add theirs."""
        tracks = self._get_after_sale()
        tracks._stop("not_won")
        tracks.lead_id._give_after_sale_back()

    def _give_after_sale_back(self):
        """Let the tracks go on, where they stood, whose place those of these leads had taken."""
        ended = self._get_other_sales().mapped(lambda lead: lead.enrollment_ids[:1])
        ended = ended.filtered(
            lambda enrollment: (
                enrollment.cadence_id.is_after_sale and enrollment.stop_reason == "newer_sale"
            )
        )
        for track, enrollments in ended.grouped("cadence_id").items():
            if not (track.version_of_id or track).active:
                continue

            def go_on(leads, enrollments=enrollments):
                enrollments.filtered(lambda one: one.lead_id in leads)._go_on_from_stop()

            can, _left_out = track._split_enrollable(enrollments.lead_id)
            can._enter_after_sale(track, go_on)

    def _get_after_sale(self):
        """Return the live after-sale enrollments of these leads."""
        # sudo: a track goes on, and ends, whoever sees it
        return self.sudo().enrollment_id.filtered("cadence_id.is_after_sale")

    def _has_opted_out(self):
        self.ensure_one()
        return self.is_blacklisted or self.email_consent == "no"

    def _note_letter_answer(self, code, answer, note):
        """Let a customer who wants no more letters be left in peace altogether."""
        if answer == "stop":
            self._get_after_sale()._stop("letters_refused")
        return super()._note_letter_answer(code, answer, note)

    def _get_contact_obstacle(self):
        """Let its track after the sale reach a won lead, which is closed to every other."""
        reason = super()._get_contact_obstacle()
        if reason == "closed" and self.won_status == "won" and self._get_after_sale():
            if self.do_not_contact:
                return "do_not_contact"
            return None if self.active else "archived"
        return reason

    def _get_open_deadline(self):
        """Ask for no first contact of a customer."""
        return self.won_status != "won" and super()._get_open_deadline()

    def _is_answer_awaited(self):
        """Count what a customer answers after the sale, also once his track has ended."""
        last = self.sudo().enrollment_ids[:1]  # sudo: a track is the engine's
        is_customer = self.won_status == "won" and last.cadence_id.is_after_sale
        return super()._is_answer_awaited() or bool(is_customer and last.touch_ids)

    def action_ask_after_sale(self):
        """State how many of these leads would be taken up as customers, and why not the others."""
        return self.env["lead.after.sale.confirm"]._ask(self)
