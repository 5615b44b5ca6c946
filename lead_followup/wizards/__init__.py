from . import (
    base_import_import,
    crm_lead_lost,
    lead_cadence_enroll,
    lead_cadence_let_in,
    lead_cadence_move,
    lead_cadence_pause,
    lead_cadence_preview,
    lead_cadence_stop,
    lead_call_later,
    lead_sending_switch,
    lead_touch_reject,
    lead_touch_review,
)
