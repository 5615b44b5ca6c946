from . import (
    test_crm_lead_clock,
    test_crm_lead_reply,
    test_lead_cadence,
    test_lead_cadence_people,
    test_lead_import,
    test_lead_import_bad_files,
    test_lead_import_known,
    test_lead_import_run,
    test_lead_touch,
    test_lead_trade_show,
    test_security,
)
