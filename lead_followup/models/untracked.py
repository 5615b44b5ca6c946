"""The context under which many leads are written at once: no partner, message, activity, owner."""

UNTRACKED = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
    "default_user_id": False,
    "lead_keep_contact": True,  # a file does not overwrite the contact's own number
    "lead_no_work": True,  # nor is it work of whoever imports
}
