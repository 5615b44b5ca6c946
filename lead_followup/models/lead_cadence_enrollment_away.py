from odoo import api, models
from odoo.fields import Domain


class LeadCadenceEnrollment(models.Model):
    """Leads in a cadence whose salesperson has left, or is away for long.

    Whoever has left: they go back to assignment, or to the leader where no rule may offer them.
    Whoever is away for long: so too where the company wants it; else calls and tasks wait for him,
    in sight, and e-mails and letters go out in the name of somebody who is there. What was planned
    in his name is planned anew. So is signed what he signs for leads of others, or of nobody.
    """

    _inherit = "lead.cadence.enrollment"

    @api.model
    def _trigger_absences(self):
        cron = self.env.ref("lead_followup.ir_cron_mind_absences", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()  # whoever enters an absence

    @api.model
    def _cron_mind_absences(self):
        """Note who is away, give their leads to others or let them wait; twice changes nothing."""
        self.env["res.users"]._note_absences()
        cron = self.env["ir.cron"]
        live = Domain("state", "in", ("active", "paused"))
        left = live & Domain("lead_id.user_id.active", "=", False)
        away = live & Domain("lead_id.user_id.lead_is_away", "=", True)
        signed = live & Domain("touch_ids", "any", self._get_absent_signer_domain())
        steps = (
            (left, type(self)._mind_left),
            (away, type(self)._mind_away),
            (signed, type(self)._mind_signers),
        )
        cron._commit_progress(remaining=sum(self.search_count(domain) for domain, _act in steps))
        for domain, act in steps:
            last_id = 0
            while batch := self.search(
                domain & Domain("id", ">", last_id), order="id", limit=self._CRON_BATCH
            ):
                last_id = batch[-1].id
                batch.lead_id._act_or_leave(
                    lambda leads, act=act: act(leads.enrollment_id)  # locked leads only
                )
                if not cron._commit_progress(len(batch)):
                    return  # out of time: the scheduler calls again

    @api.model
    def _get_absent_signer_domain(self):
        """Return which touches, not made yet, carry the name of somebody who is not there."""
        absent = Domain("user_id.active", "=", False) | Domain("user_id.lead_is_away", "=", True)
        return Domain("state", "in", ("planned", "approval", "queued")) & absent

    def _mind_signers(self):
        """Let others sign for those who are not there, whosever the leads are."""
        self.lead_id._pass_on_touches()

    def _mind_left(self):
        self._give_to_others("left")

    def _mind_away(self):
        """Give these to others where their company wants it; else let them wait for his return."""
        to_others = self.filtered(
            lambda enrollment: (
                enrollment.lead_id._get_settings_company().lead_away_mode == "reassign"
            )
        )
        to_others._give_to_others("away")
        (self - to_others)._replan_absent()

    def _give_to_others(self, why):
        """Offer the leads of these to others by the rules, or give them to their leader."""
        leads = self.lead_id
        offered = leads.filtered(lambda lead: lead._is_for_the_rules())
        left_over = offered._take_back(why)
        for leader, mine in (
            (leads - offered).grouped(lambda lead: lead._get_clock_leader()).items()
        ):
            mine._free_owner(leader)
            if leader:
                mine._notify_given_to_leader(leader, why)
        left_over._tell_no_taker()
        self._replan_absent()
        self._keep_agreed_calls()
        self.touch_ids.filtered(
            lambda touch: (
                touch.state == "waiting"
                and touch.reason in ("no_rep", "rep_away")
                and touch.lead_id.user_id._is_there()
            )
        )._join_in()

    def _replan_absent(self):
        """Plan anew what these active enrollments planned in the name of somebody not there."""
        stale = self.env["lead.touch"]
        for enrollment in self.filtered(lambda enrollment: enrollment.state == "active"):
            sender = enrollment._get_sender()
            stale |= enrollment.touch_ids.filtered(
                lambda touch, sender=sender: touch._is_of_absent(sender)
            )
        enrollments = stale.enrollment_id
        stale._withdraw()._forget()  # what was never made is planned anew
        enrollments._go_on()

    def _keep_agreed_calls(self):
        """Leave the calls agreed with leads that have no salesperson now to their leaders."""
        agreed = self.touch_ids.filtered(
            lambda touch: touch.state == "queued" and touch.channel in ("call", "task")
        )
        for touch in agreed.filtered(lambda touch: not touch.user_id.active):
            user = touch.lead_id.user_id or touch.lead_id._get_clock_leader()
            if user:
                touch.user_id = touch.activity_id.user_id = user
