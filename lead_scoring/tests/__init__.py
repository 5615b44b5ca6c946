from . import (
    test_handover,
    test_lead_assignment_rule,
    test_lead_score,
    test_lifecycle,
    test_merge,
    test_security,
)
