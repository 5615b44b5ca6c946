from . import crm_lead, lead_cadence, lead_cadence_enrollment, lead_cadence_step, lead_touch
