import { registry } from "@web/core/registry";

/** A salesperson finds who came back, sees by what sign, and takes the lead over again. */
registry.category("web_tour.tours").add("lead_nurture_reopened", {
    steps: () => [
        { trigger: ".o_data_row:contains(Tour never lost)" },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_menu_item:contains(Came Back)", run: "click" },
        { trigger: ".o_list_view:not(:contains(Tour never lost))" },
        { trigger: ".o_data_row:contains(Tour curious) td[name=name]", run: "click" },
        {
            content: "when it was lost and why, when it came back, and by what",
            trigger:
                ".o_form_view .alert:contains(Too expensive):contains(came back on):contains(Clicked a link)",
        },
        {
            content: "what to do stands on the list, with what it looked at",
            trigger: ".o-mail-Activity:contains(shows interest again)",
        },
        { trigger: ".o_form_view button[name=action_accept_handover]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_accept_handover]))" },
        { trigger: ".o_form_view button[name=action_open_events]", run: "click" },
        {
            content: "the history goes on from before it was lost",
            trigger: ".o_data_row:contains(It followed a link: Pumps in May: Prices)",
        },
        { trigger: ".o_data_row:contains(Nurtured → Inquiry)" },
        { trigger: ".o_data_row:contains(Qualified by marketing → Accepted by sales)" },
    ],
});
