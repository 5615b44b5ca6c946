import { registry } from "@web/core/registry";

/** Somebody makes the letters that are due, prints them and marks them as posted. */
registry.category("web_tour.tours").add("lead_followup_letters", {
    url: "/odoo/crm",
    steps: () => [
        {
            trigger: ".o_menu_sections [data-menu-xmlid='crm.crm_menu_sales']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_followup.lead_letter_menu']",
            run: "click",
        },
        {
            trigger: ".o_last_breadcrumb_item:contains(Letters)",
        },
        {
            trigger: ".o_data_row:contains(Ann Ample) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Bea Best) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_make_letters]",
            run: "click",
        },
        {
            content: "the batch shows both, with their codes",
            trigger: ".o_form_view .o_field_widget[name=letter_count]:contains(2)",
        },
        {
            trigger: ".o_form_view button[name=action_print]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_mark_posted]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Posted)",
        },
        {
            trigger: ".o_data_row:contains(Bea Best) .o_field_badge:contains(Posted)",
        },
    ],
});
