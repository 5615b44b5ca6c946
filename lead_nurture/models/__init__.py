from . import (
    crm_lead,
    lead_cadence,
    lead_cadence_enrollment,
    lead_cadence_step,
    lead_touch,
    lead_touch_test_mode,
    mail_mail_test_mode,
)
