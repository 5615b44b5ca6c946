from odoo import models


class PrivacyLookupWizardLine(models.TransientModel):
    """“Delete” of the lookup takes the person out of our records; what counts stays a number.

    A lead, or a row of an import, is emptied as “Erase This Person” does; what hangs on a lead goes
    with it. All else is deleted, as Odoo does.
    """

    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        self.ensure_one()
        if self.is_unlinked:
            return super().action_unlink()
        # sudo: as Odoo's own
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if not record:  # went with another line
            self.is_unlinked = True
            return None
        if not self._forget(record):
            return super().action_unlink()
        self.execution_details = self.env._(
            "Erased %(model)s #%(number)s", model=self.res_model_id.name, number=self.res_id
        )
        self.is_unlinked = True
        return None

    def _forget(self, record):
        """Empty ``record`` where it is one of those that stay as numbers; tell whether it is."""
        privacy = self.env["lead.privacy"].sudo()
        if record._name == "crm.lead":
            privacy._check_imports_are_through(
                self.env["lead.import.row"].sudo().search([("lead_id", "=", record.id)])
            )
            people = self.env["crm.lead"]._find_people(record, self.env["res.partner"])
            people = people._replace(leads=record.with_context(active_test=False))
            self.env["crm.lead"]._stop_everything(people)
            record._forget_person()
        elif record._name == "lead.import.row":
            privacy._check_imports_are_through(record)
            record._forget()
            record.import_id._forget_file()
        elif "lead_id" in record and record._name in privacy._get_lead_tables():
            record.lead_id._forget_told()
        else:
            return False
        return True
