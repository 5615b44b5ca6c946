from odoo import api, models
from odoo.exceptions import AccessError


class LeadImport(models.Model):
    """How far an import is and what it counted, the program alone says.

    The background run and the undo work with the rights of the program and go by this: whoever
    could write it could have leads deleted that are not his to delete.
    """

    _inherit = "lead.import"

    _PROGRAM_ONLY = frozenset(
        {
            "state",
            "phase",
            "row_count",
            "new_count",
            "enriched_count",
            "duplicate_count",
            "rejected_count",
        }
    )

    @api.model_create_multi
    def create(self, vals_list):
        defaults = (key.removeprefix("default_") for key in self.env.context)
        self._refuse_program_only(set(defaults).union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_program_only(vals)
        return super().write(vals)

    def _refuse_program_only(self, names):
        """Refuse a person's values for the fields ``names`` where the program alone writes them.

        :raises AccessError: names the fields.
        """
        refused = sorted(self._PROGRAM_ONLY.intersection(names))
        if refused and not self.env.su:
            labels = [self._fields[name]._description_string(self.env) for name in refused]
            raise AccessError(
                self.env._(
                    "%(fields)s of an import cannot be set by hand. Use the buttons “Import”, "
                    "“Pause” and “Undo”; nothing was changed.",
                    fields=", ".join(labels),
                )
            )
