import { registry } from "@web/core/registry";

/** From the drawn funnel and from the pivot to the leads; what is of few leads is marked. */
registry.category("web_tour.tours").add("lead_nurture_funnel", {
    steps: () => [
        { trigger: ".o_lead_funnel tr[data-measure=won_count]:contains(1)" },
        { trigger: ".o_lead_funnel tr[data-measure=mql_count]:contains(66.7% of Inquiries):contains(⚠)" },
        { trigger: ".o_lead_funnel_small:contains(Tour channel (2))" },
        { trigger: "tr[data-measure=mql_count] .o_lead_funnel_count:contains(2)", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Tour lost)" },
        { trigger: ".o_list_view .o_data_row:contains(Tour won)" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Tour asked)))" },
        { trigger: ".breadcrumb-item a, .o_back_button", run: "click" },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot .o_pivot_cell_value:contains(66.7 ⚠)", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Tour asked)" },
        { trigger: ".o_list_view .o_data_row:contains(Tour lost)" },
    ],
});
