from odoo import api, models
from odoo.exceptions import AccessError


class LeadProgramOnly(models.AbstractModel):
    """Fields that the program alone writes, on records that people may write otherwise.

    The program acts with its own rights (``sudo``); whoever asks over the screen or RPC is
    refused, whatever rights he has, and so is a default he passes along.
    """

    _name = "lead.program.only"
    _description = "Fields Written by the Program Alone"

    _PROGRAM_ONLY = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        defaults = (key.removeprefix("default_") for key in self.env.context)
        self._refuse_program_only(set(defaults).union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        if self:
            self._refuse_program_only(vals)
        return super().write(vals)

    @api.model
    def _get_program_only(self):
        """Return the names of the fields; an addon that adds such a field adds its name."""
        return self._PROGRAM_ONLY

    def _refuse_program_only(self, names):
        """Refuse a person's values for the fields ``names`` where the program alone writes them.

        :raises AccessError: names the fields.
        """
        refused = sorted(self._get_program_only().intersection(names))
        if refused and not self.env.su:
            labels = [self._fields[name]._description_string(self.env) for name in refused]
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be set by hand: that follows from what happens, such as an "
                    "import or its undo. Leave it out; nothing was changed.",
                    fields=", ".join(labels),
                )
            )
