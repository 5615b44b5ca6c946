from markupsafe import Markup

from odoo import models

_SHOWN = 10  # leads named in one message


class LeadImport(models.Model):
    """Whose closed leads came back by an import hears of it, once for all of them."""

    _inherit = "lead.import"

    def _tell_owners(self):
        result = super()._tell_owners()
        rows = self.row_ids.filtered(
            lambda row: row.is_revived and row.lead_id.user_id and not row.is_owner_told
        )
        rows.is_owner_told = True
        for owner, mine in rows.grouped(lambda row: row.lead_id.user_id).items():
            self._tell_of_revived(owner, mine.lead_id)
        return result

    def _tell_of_revived(self, owner, leads):
        names = leads.sorted("id")[:_SHOWN].mapped("name") + ["…"] * (len(leads) > _SHOWN)
        items = Markup("").join(Markup("<li>%s</li>") % name for name in names)
        title = self.env._(
            "These leads of yours were closed, stand in “%(job)s”, and are taken up again:",
            job=self.name,
        )
        self.message_notify(
            partner_ids=owner.partner_id.ids,
            subject=self.env._("%s of your closed leads came back", len(leads)),
            body=Markup("<p>%s</p><ul>%s</ul>") % (title, items),
        )
