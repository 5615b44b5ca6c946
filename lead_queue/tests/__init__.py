from . import test_lead_queue
