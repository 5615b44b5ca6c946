import { registry } from "@web/core/registry";

/** From a show to its scorecard, and from a number on it to the leads. */
registry.category("web_tour.tours").add("lead_nurture_show_scorecard", {
    steps: () => [
        { trigger: "button[name=action_open_scorecard]", run: "click" },
        { trigger: ".o_show_scorecard h1:contains(Tour Fair)" },
        { trigger: ".o_show_scorecard tr:contains(Qualified):contains(50 % of 2):contains(⚠)" },
        {
            trigger: ".o_show_scorecard tr:contains(Qualified) .o_own button:contains(1)",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Tour qualified)" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Tour asked)))" },
        { trigger: ".breadcrumb-item:contains(Scorecard) a, .o_back_button", run: "click" },
        { trigger: ".o_show_scorecard tr:contains(Bo Best) button", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Tour asked)" },
    ],
});
