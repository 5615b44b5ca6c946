import { registry } from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";

/** From the list of lost leads to recycling, the count read first; then one that came back. */
registry.category("web_tour.tours").add("lead_nurture_recycle", {
    steps: () => [
        { trigger: ".o_data_row:contains(Tour lost)" },
        { trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_cp_action_menus .dropdown-toggle:contains(Actions)", run: "click" },
        { trigger: ".o-dropdown--menu .o_menu_item:contains(Recycle…)", run: "click" },
        { trigger: `${DIALOG} .o_lead_recycle_summary:contains(Leads that are recycled: 2 of 4)` },
        { trigger: `${DIALOG} .o_lead_recycle_left_out:contains(Must not be contacted – 1)` },
        { trigger: `${DIALOG} .o_lead_recycle_left_out:contains(Not lost – 1)` },
        { trigger: `${DIALOG} .o_field_widget[name=is_now] input`, run: "click" },
        { trigger: `${DIALOG} .o_lead_recycle_summary:contains(2 of them enter their track)` },
        { trigger: `${DIALOG} button[name=action_confirm]`, run: "click" },
        { trigger: ".o_notification:contains(Leads that are recycled: 2 of 4)" },
        { trigger: ".o_list_view:not(:has(.o_data_row_selected))" },
        { trigger: ".o_data_row:contains(Tour back) td[name=name]", run: "click" },
        {
            content: "The lead says when it was lost and when it came back",
            trigger: ".o_form_view .alert:contains(came back on)",
        },
        { trigger: ".o_form_view button[name=action_open_recycling]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Came back)" },
        { trigger: ".o_data_row button[name=action_open_lead]", run: "click" },
        { trigger: ".o_form_view .alert:contains(came back on)" },
    ],
});

/** What became of them by reason, and the leads behind a number. */
registry.category("web_tour.tours").add("lead_nurture_recycle_report", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Too expensive)" },
        {
            trigger: ".o_kanban_record:contains(Too expensive) .o_lead_recycle_back",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Tour back)" },
        { trigger: ".o_list_view:not(:contains(Tour lost))" },
    ],
});
