from odoo import models


class WebsiteTrack(models.Model):
    """Found by when: leads are told of what is new alone."""

    _inherit = "website.track"

    _visit_datetime_idx = models.Index("(visit_datetime)")
