import { registry } from "@web/core/registry";

/** A plan without a past: a line and its sale by hand, the published range as such, started. */
registry.category("web_tour.tours").add("lead_nurture_plan", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea", run: "edit Tour plan" },
        { trigger: ".o_field_widget[name=target_revenue] input", run: "edit 40000" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".alert:contains(add the lines by hand)" },
        { trigger: ".o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".o_selected_row div[name=source_id] input", run: "edit Tour source" },
        { trigger: ".ui-autocomplete a:contains(Tour source)", run: "click" },
        { trigger: ".o_selected_row div[name=share_pct] input", run: "edit 100" },
        { trigger: ".o_selected_row div[name=hand_value] input", run: "edit 4000" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_data_row:contains(published for B2B, not our own):contains(25–2,858)" },
        { trigger: "body:not(:has(.alert-warning:contains(by hand)))" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".nav-link[name=came]", run: "click" },
        { trigger: ".o_data_row:contains(Tour source):contains(On course)" },
        { trigger: "button[name=action_plan_next_period]", run: "click" },
        { trigger: ".breadcrumb-item:contains(Tour plan)" },
        { trigger: "button[name=action_start]" },
        { trigger: ".o_data_row:contains(Tour source):contains(25–2,858)" },
    ],
});
