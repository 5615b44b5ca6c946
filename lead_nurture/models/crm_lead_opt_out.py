from odoo import api, models


class CrmLead(models.Model):
    """Who wants no more e-mail, or less of it, has that in the history of his leads."""

    _inherit = "crm.lead"

    @api.model
    def _note_opt_outs(self, ref_by_address, note):
        """Note on the leads of these addresses that their reader opted out, once an occasion.

        :param ref_by_address: ``{normalized address: what names the occasion}``.
        :param note: of what.
        """
        addresses = [address for address in ref_by_address if address]
        if not addresses:
            return
        leads = self.with_context(active_test=False).search([("email_normalized", "in", addresses)])
        self.env["lead.event"]._log(
            [
                {
                    "lead_id": lead.id,
                    "kind": "opt_out",
                    "ref": f"{ref_by_address[lead.email_normalized]},{lead.id}",
                    "note": note,
                }
                for lead in leads
            ]
        )
