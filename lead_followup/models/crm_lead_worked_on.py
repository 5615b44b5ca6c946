from odoo import SUPERUSER_ID, models
from odoo.fields import Domain

# of a touch: without the lead, the same file would send it a second time
_MAY_HAVE_LEFT = ("sending", "doubtful", "done")


class CrmLead(models.Model):
    """Whether somebody has worked on a lead, or heard from it, since an import made or met it.

    What people do counts, and what the lead itself does: a message, a note, a field they changed,
    an activity, an answer, a hand-over taken or given back, a meeting, a reply, a first contact.
    What the program does by itself does not: scores, offers nobody has answered, planned touches.
    """

    _inherit = "crm.lead"

    def _filter_worked_on(self, job, marks=None):
        """Return those of these leads that were worked on since; a handful of queries.

        :param job: the ``lead.import`` whose own doing does not count.
        :param marks: ``{table: last id}``, what is newer counts; none: everything counts.
        """
        marks = marks or {}
        worked = {
            *self._search_messages_by_people(marks.get("mail_message", 0)),
            *self._search_activities_by_people(marks.get("mail_activity", 0)),
            *self._search_own_doing(marks.get("lead_event", 0)),
            *self._search_answered_offers(marks.get("lead_handover", 0)),
            *self._search_answers_given(marks.get("lead_qualification", 0), job),
            *self._search_attachments_by_people(marks.get("ir_attachment", 0)),
            *(() if marks else self._search_other_imports(job)),
        }
        return self.filtered(lambda lead: lead.id in worked)

    def _filter_contacted(self):
        """Return those with whom there may have been contact, or whom somebody has changed."""
        touches = self.env["lead.touch"].search(
            [("lead_id", "in", self.ids), ("state", "in", _MAY_HAVE_LEFT)]
        )
        reached = touches.lead_id
        return self.filtered(
            lambda lead: (
                lead.first_touch_at
                or lead.worked_on_at
                or lead in reached
                or lead.won_status != "pending"
                or lead.lifecycle in ("sql", "customer")
            )
        )

    def _search_messages_by_people(self, last_id):
        """Return the ids of leads that were written to or about, or changed by a person."""
        robot = self.env["res.users"].browse(SUPERUSER_ID).partner_id
        by_people = Domain("message_type", "in", ("comment", "email")) | (
            Domain("tracking_value_ids", "!=", False) & Domain("author_id", "!=", robot.id)
        )
        return self._search_res_ids(
            "mail.message",
            Domain("model", "=", self._name) & Domain("res_id", "in", self.ids) & by_people,
            last_id,
        )

    def _search_activities_by_people(self, last_id):
        touches = self.env["lead.touch"].search(
            [("lead_id", "in", self.ids), ("activity_id", "!=", False)]
        )
        return self._search_res_ids(
            "mail.activity",
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("id", "not in", touches.activity_id.ids),
            last_id,
        )

    def _search_attachments_by_people(self, last_id):
        by_people = Domain("create_uid", "!=", SUPERUSER_ID)
        on_leads = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return self._search_res_ids("ir.attachment", on_leads & by_people, last_id)

    def _search_res_ids(self, model, domain, last_id):
        found = self.env[model].with_context(active_test=False)
        rows = found._read_group(domain & Domain("id", ">", last_id), ["res_id"])
        return [res_id for (res_id,) in rows]

    def _search_own_doing(self, last_id):
        """Return the ids of leads that did something other than visit a show."""
        events = self.env["lead.event"]
        kinds = (*events._QUIET_KINDS, "scan", "rating_hot", "rating_warm")
        return events.search(
            [("lead_id", "in", self.ids), ("id", ">", last_id), ("kind", "not in", kinds)]
        ).lead_id.ids

    def _search_answered_offers(self, last_id):
        return (
            self.env["lead.handover"]
            .search(
                [
                    ("lead_id", "in", self.ids),
                    ("id", ">", last_id),
                    ("state", "in", ("accepted", "returned")),
                ]
            )
            .lead_id.ids
        )

    def _search_answers_given(self, last_id, job):
        """Return the ids of leads whose answers somebody took down otherwise than ``job``."""
        given = self.env["lead.qualification"].search(
            [("lead_id", "in", self.ids), ("id", ">", last_id)]
        )
        return given.filtered(lambda one: not job._is_source(one.source)).lead_id.ids

    def _search_other_imports(self, job):
        """Return the ids of leads that a row of another import made, enriched or stands for."""
        rows = self.env["lead.import.row"].search(
            [
                ("lead_id", "in", self.ids),
                ("import_id", "!=", job.id),
                ("match_number", "=", 0),
                ("is_done", "=", True),
            ]
        )
        return rows.lead_id.ids
