import { registry } from "@web/core/registry";

/** From the page of leaks to the leads, and back to the check that finds them. */
registry.category("web_tour.tours").add("lead_nurture_health", {
    steps: () => [
        {
            content: "The count, the earlier week and the word beside the arrow",
            trigger:
                ".o_data_row:contains(Not contacted in time):contains(▲ 1 more than last week)",
        },
        {
            trigger: ".o_data_row:contains(Not contacted in time) button[name=action_open]",
            run: "click",
        },
        { trigger: ".o_breadcrumb:contains(Process Health)" },
        { trigger: ".o_list_view .o_data_row:contains(Tour late 2)" },
        { trigger: ".o_list_view:not(:contains(Tour in time))" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        {
            trigger: ".o_data_row:contains(Not contacted in time) button[name=action_edit]",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=hint] textarea" },
    ],
});

/** The number of the e-mail opens the leads. */
registry.category("web_tour.tours").add("lead_nurture_health_mail", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains(Tour late 1)" },
        { trigger: ".o_list_view:not(:contains(Tour in time))" },
    ],
});
