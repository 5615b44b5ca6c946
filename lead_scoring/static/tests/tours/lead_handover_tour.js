import { registry } from "@web/core/registry";

/** A salesperson accepts one lead from its card, and returns another from its form. */
registry.category("web_tour.tours").add("lead_scoring_handover", {
    url: "/odoo/crm",
    steps: () => [
        {
            trigger: ".o_menu_sections [data-menu-xmlid='crm.crm_menu_sales']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_scoring.crm_lead_offered_menu']",
            run: "click",
        },
        {
            trigger: ".o_last_breadcrumb_item:contains(Offered to Me)",
        },
        {
            content: "what is offered to others is not here",
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains(Offered to Ben)))",
        },
        {
            content: "accept the first from its card",
            trigger: ".o_kanban_record:contains(Wants pumps) button[name=action_accept_handover]",
            run: "click",
        },
        {
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains(Wants pumps)))",
        },
        {
            content: "open the other",
            trigger: ".o_kanban_record:contains(Wants valves)",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert-info:contains(This lead is offered to you since)",
        },
        {
            trigger: ".o_form_view button[name=action_return_handover]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason_id] label:contains(No budget yet)",
            run: "click",
        },
        {
            content: "where it goes is said before it goes",
            trigger: ".modal .o_field_widget[name=destination]:contains(Nurture it)",
        },
        {
            trigger: ".modal .o_field_widget[name=note] input, .modal .o_field_widget[name=note] textarea",
            run: "edit Money comes in autumn",
        },
        {
            trigger: ".modal button[name=action_return]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
