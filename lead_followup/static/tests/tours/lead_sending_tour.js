import { registry } from "@web/core/registry";

/** An administrator stops everything in the settings, sees what waits, and lets it go. */
registry.category("web_tour.tours").add("lead_followup_stop_sending", {
    url: "/odoo/settings#crm",
    steps: () => [
        {
            trigger: ".settings_tab [data-key='crm']",
            run: "click",
        },
        {
            trigger: "button[name='action_ask_stop_lead_emails']",
            run: "click",
        },
        {
            content: "the question states the count",
            trigger: ".modal [name='question']:contains(2 e-mails that are queued wait)",
        },
        {
            trigger: ".modal button[name='action_apply']:visible",
            run: "click",
        },
        {
            content: "who stopped it, and how many wait",
            trigger: ".o_setting_box .alert-danger [name='lead_held_count']:contains(2)",
        },
        {
            trigger: ".o_setting_box .alert-danger [name='lead_sending_stopped_by_id']:contains(Mitchell), .o_setting_box .alert-danger [name='lead_sending_stopped_by_id']:contains(Administrator)",
        },
        {
            content: "to the screens of cadences",
            trigger: "button[string='Cadences'], .o_setting_box button:contains(Cadences)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_lead_sending_banner .alert-danger:contains(2 wait)",
        },
        {
            trigger: ".o_data_row:contains(After a Trade Show) .o_data_cell[name='name'], .o_data_row:first .o_data_cell[name='name']",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_lead_sending_banner .alert-danger:contains(2 wait)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a:contains(Settings)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_lead_sending_banner",
        },
        {
            trigger: ".breadcrumb-item:contains(Settings) a, .o_back_button:contains(Settings)",
            run: "click",
        },
        {
            trigger: ".settings_tab [data-key='crm']",
            run: "click",
        },
        {
            trigger: "button[name='action_ask_release_lead_emails']",
            run: "click",
        },
        {
            trigger: ".modal [name='question']:contains(2 e-mails will go out to their leads)",
        },
        {
            trigger: ".modal button[name='action_apply']:visible",
            run: "click",
        },
        {
            content: "the switch is off again",
            trigger: "button[name='action_ask_stop_lead_emails']",
        },
    ],
});
