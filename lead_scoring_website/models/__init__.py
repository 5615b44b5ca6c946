from . import (
    crm_lead,
    lead_event,
    website_page,
    website_track,
    website_visitor,
)
