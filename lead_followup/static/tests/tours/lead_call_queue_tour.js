import { registry } from "@web/core/registry";

const card = (name) => `.o_lead_call_queue article h2:contains(${name})`;

registry.category("web_tour.tours").add("lead_call_queue_keyboard", {
    steps: () => [
        { content: "the best lead comes first", trigger: card("Lead 1") },
        { content: "skip it with n", trigger: "body", run: "press n" },
        { trigger: card("Lead 2") },
        { content: "1: interested", trigger: "body", run: "press 1" },
        { trigger: card("Lead 3") },
        { content: "2: later", trigger: "body", run: "press 2" },
        { trigger: ".modal .o_field_widget[name=call_back_at] :is(input, button)" },
        { content: "the hour proposed suits", trigger: ".modal", run: "press alt+q" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: card("Lead 4") },
        { content: "3: not interested", trigger: "body", run: "press 3" },
        { trigger: ".modal .o_field_widget[name=lost_reason_id]" },
        { content: "lost, for no reason given", trigger: ".modal", run: "press alt+q" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: card("Lead 5") },
        { content: "4: no answer", trigger: "body", run: "press 4" },
        { trigger: card("Lead 6") },
        { content: "5: wrong number", trigger: "body", run: "press 5" },
        { content: "who was skipped is left", trigger: card("Lead 1") },
        { trigger: ".o_lead_call_waiting:contains(0 more)" },
    ],
});
