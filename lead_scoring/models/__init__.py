from . import lead_filter_mixin

# isort: split
# the rules inherit it, and models are made in the order of their import
from . import (
    crm_lead,
    crm_lead_answers,
    crm_lead_filter,
    crm_lead_handover,
    crm_lead_lifecycle,
    crm_lead_merge,
    crm_lead_offer,
    crm_lead_score,
    crm_lead_score_lines,
    crm_lead_score_preview,
    crm_lead_segment,
    crm_lead_work,
    crm_team_member,
    lead_assignment_rule,
    lead_event,
    lead_handover,
    lead_handover_link,
    lead_interest,
    lead_qualification,
    lead_qualifier,
    lead_qualifier_answer,
    lead_return_reason,
    lead_score,
    lead_score_rule,
    lead_segment,
    lead_segment_members,
    res_company,
    res_config_settings,
)
