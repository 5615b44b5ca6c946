from . import (
    test_accepted_by_work,
    test_crons,
    test_handover,
    test_lead_assignment_rule,
    test_lead_score,
    test_lead_segment,
    test_lifecycle,
    test_lifecycle_returns,
    test_merge,
    test_rule_filters,
    test_security,
    test_with_chatter,
)
