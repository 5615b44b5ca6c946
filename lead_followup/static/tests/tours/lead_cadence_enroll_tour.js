import { registry } from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";

/** From a list of leads to a cadence, the count read first; then what comes for one of them. */
registry.category("web_tour.tours").add("lead_followup_enroll", {
    steps: () => [
        { trigger: ".o_data_row:contains(Somebody else)" },
        {
            content: "Keep to the leads of this tour",
            trigger: ".o_searchview_input",
            run: "edit Tour lead",
        },
        { trigger: ".o_searchview_input", run: "press Enter" },
        { trigger: ".o_list_view:not(:contains(Somebody else))" },
        { trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_cp_action_menus .dropdown-toggle:contains(Actions)", run: "click" },
        { trigger: ".o-dropdown--menu .o_menu_item:contains(Enroll in a Cadence)", run: "click" },
        { trigger: `${DIALOG} .o_lead_enroll_summary:contains(2 of 4 leads can enter)` },
        { trigger: `${DIALOG} .o_lead_foreseen li:contains(In a cadence already – 1)` },
        { trigger: `${DIALOG} .o_lead_foreseen li:contains(Must not be contacted – 1)` },
        { trigger: `${DIALOG} .o_lead_forecast_mailed:contains(2)` },
        {
            content: "Another cadence is counted and foreseen anew",
            trigger: `${DIALOG} .o_field_widget[name=cadence_id] input`,
            run: "edit Trade",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains(Trade show)", run: "click" },
        { trigger: `${DIALOG} .o_lead_enroll_summary:contains(“Trade show”)` },
        { trigger: `${DIALOG} .o_lead_forecast:contains(enter “Trade show”)` },
        {
            trigger: `${DIALOG} .o_field_widget[name=cadence_id] input`,
            run: "edit General",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains(General)", run: "click" },
        { trigger: `${DIALOG} .o_lead_forecast:contains(enter “General)` },
        {
            trigger: `${DIALOG} button[name=action_enroll]:contains(Enroll 2 Leads)`,
            run: "click",
        },
        { trigger: ".o_notification:contains(2 of 2 leads have entered)" },
        { trigger: ".o_list_view:not(:has(.o_data_row_selected))" },
        { trigger: ".o_data_row:contains(Tour lead 3) td[name=name]", run: "click" },
        { trigger: ".nav-link[name=followup]", run: "click" },
        { trigger: ".o_field_widget[name=next_touch_text]:contains(local time there)" },
        { trigger: "button[name=action_preview_cadence]", run: "click" },
        { trigger: `${DIALOG} .o_lead_preview_line[data-channel=email] .o_lead_preview_at` },
        { trigger: `${DIALOG} .o_lead_preview_line:contains(No postal address)` },
        { trigger: `${DIALOG} .o_lead_preview_line:contains(In the best hours for calls)` },
        { trigger: `${DIALOG} button[special=cancel]:visible`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
