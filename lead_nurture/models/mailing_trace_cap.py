from odoo import models


class MailingTrace(models.Model):
    """Found by whom it reached: the cap asks so before each e-mail of a track."""

    _inherit = "mailing.trace"

    _lead_email_idx = models.Index("(email, create_date)")
    _lead_record_idx = models.Index("(res_id) WHERE model = 'crm.lead'")
