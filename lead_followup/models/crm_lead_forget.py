from odoo import Command, api, fields, models
from odoo.tools import SQL

from .untracked import UNTRACKED

_TEXTS = ("char", "text", "html", "properties")


class CrmLead(models.Model):
    """A lead without a person: what is left of one who was forgotten."""

    _inherit = "crm.lead"

    erased_at = fields.Datetime("Erased On", readonly=True, copy=False)

    # of texts, what is not the person's: which of our people met him, why it waits
    _KEPT_TEXTS = frozenset({"name", "captured_by", "waiting_reason"})

    @api.model
    def _get_program_only(self):
        return super()._get_program_only() | {"erased_at"}

    def _forget_person(self):
        """Take from these leads, as sudo, all that tells who it was; what counts stays."""
        if not self:
            return
        leads = self.with_context(**UNTRACKED, active_test=False)
        leads._track_discard()  # what was written before would be told with the old values
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        leads.activity_ids.unlink()
        leads.message_follower_ids.unlink()
        # Their e-mails go with them, also those that went out.
        self.env["mail.message"].sudo().search(
            [("model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        leads.partner_id = False  # apart: else Odoo empties the contact as well
        leads.flush_recordset()
        leads.write(
            {
                **leads._get_blank_texts(),
                **{name: [Command.clear()] for name in ("visitor_ids",) if name in self._fields},
                "name": self.env._("Erased"),
                "erased_at": fields.Datetime.now(),
            }
        )
        leads.filtered(lambda lead: lead.active and lead.won_status == "pending").active = False
        leads._forget_told()
        leads._message_log_batch(
            bodies=dict.fromkeys(leads.ids, self.env._("All that told who this was is erased.")),
            author_id=self.env.user.partner_id.id,
        )

    @api.model
    def _get_blank_texts(self):
        """Return ``{field: False}`` of all texts of a lead, those of other addons too."""
        return {
            name: False
            for name, field in self._fields.items()
            if field.store
            and field.type in _TEXTS
            and not field.related
            and not (field.compute and field.readonly)
            and name not in self._KEPT_TEXTS
        }

    def _forget_told(self):
        """Empty what rows of these leads say in words; addons with such rows do so with theirs."""
        # sudo from the caller: nobody writes these by hand
        self.visit_ids.write({"note": False})
        self.handover_ids.write({"note": False})
        self.touch_ids.write(
            {
                "note": False,
                "letter_address": False,
                "letter_subject": False,
                "letter_body": False,
            }
        )
        self.env["lead.public.link"].search([("lead_id", "in", self.ids)]).unlink()
        events = self.env["lead.event"]
        events.flush_model(["note"])
        # What happened is not rewritten; that is the point of the ORM's guard, and not of this.
        self.env.cr.execute(
            SQL("UPDATE lead_event SET note = NULL WHERE lead_id IN %s", tuple(self.ids))
        )
        events.invalidate_model(["note"])
