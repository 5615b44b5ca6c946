from datetime import datetime

from odoo import models

_TURNS = 100  # touches of one round that a preview carries out at most


class LeadCadenceEnrollment(models.Model):
    """What would come, step after step, if nobody answered.

    It is the engine itself that plans each step: the touch before is noted as made at the moment
    planned for it. So this is done only where everything is taken back (``_taken_back`` of
    ``lead.forecast.mixin``), under ``lead_forecast`` in the context.
    """

    _inherit = "lead.cadence.enrollment"

    def _foresee_touches(self, over):
        """Carry out the rest of this round; return the touches still to come, in order of time.

        Among them are those that wait for a rep, and those that turn out blocked.

        :param over: touches that are past, made or not; they are not returned.
        """
        self.ensure_one()
        this_round = self.round
        self._take_up()
        for _turn in range(_TURNS):
            coming = self.touch_ids._filter_coming()
            touch = coming.filtered(lambda touch: touch.round == this_round).sorted("planned_at")
            if not touch or not touch[0]._make_as_planned():
                break
            self._run_due()
        touches = (self.touch_ids - over).filtered(lambda touch: touch.round == this_round)
        return touches.browse(_in_order(touches.sorted("id")))

    def _take_up(self):
        """Plan the next touch where none is planned, a held enrollment as if it were resumed."""
        if self.touch_ids._filter_coming():
            return
        self.write({"state": "active", "stop_reason": False})
        self._plan_next()


def _in_order(touches):
    """Return the ids by planned moment; what has none stays behind the touch made before it."""
    keys, moment = [], datetime.min
    for touch in touches:
        moment = touch.planned_at if touch._has_moment() else moment
        keys.append((moment, touch.id))
    return [touch_id for _moment, touch_id in sorted(keys)]
