from odoo import api, fields, models


class LeadCadenceStep(models.Model):
    """A step whose e-mail is chosen from the library of content, for each lead its own.

    Its template is what leads get for whom the library has nothing at all; whoever has had all
    that fits him gets nothing until there is more.
    """

    _inherit = "lead.cadence.step"

    content_source = fields.Selection(
        [("template", "Its template"), ("library", "The library of content")],
        string="What It Says",
        default="template",
        help="From the library each lead gets the next piece that fits it, none twice. The "
        "template is for those for whom the library holds nothing.",
    )

    @api.constrains("channel", "template_id", "content_source")
    def _check_template(self):
        bare = self.filtered(lambda step: step.content_source == "library" and not step.template_id)
        return super(LeadCadenceStep, self - bare)._check_template()
