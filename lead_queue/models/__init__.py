from . import (
    crm_lead,
    ir_cron,
    lead_cadence_enrollment,
    lead_import,
    lead_queue,
    lead_queue_work,
    lead_recycle,
    lead_segment,
)
