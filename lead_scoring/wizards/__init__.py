from . import lead_assignment_test, lead_handover_return, lead_offer_start
