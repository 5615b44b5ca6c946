from odoo import api, models


class ResCurrencyRate(models.Model):
    """A rate that is entered later holds for the costs of its days as well."""

    _inherit = "res.currency.rate"

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        self.env["lead.show.cost"]._convert_anew()
        return rates

    def write(self, vals):
        result = super().write(vals)
        self.env["lead.show.cost"]._convert_anew()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["lead.show.cost"]._convert_anew()
        return result
