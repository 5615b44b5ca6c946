from . import base_import_import, crm_lead_lost, lead_call_later, lead_sending_switch
