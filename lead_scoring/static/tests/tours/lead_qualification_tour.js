import { registry } from "@web/core/registry";

const ANSWER = ".o_lead_answers button:contains(Decision maker)";

/** A salesperson takes an answer down, sees what it is worth, and takes it back. */
registry.category("web_tour.tours").add("lead_scoring_qualification", {
    steps: () => [
        {
            trigger: ".nav-link[name=qualification]",
            run: "click",
        },
        {
            trigger: `${ANSWER}[aria-pressed=false]`,
            run: "click",
        },
        {
            trigger: `${ANSWER}[aria-pressed=true]`,
        },
        {
            trigger: ".o_lead_score:contains(15)",
            run: "click",
        },
        {
            trigger: ".o_lead_score_popover tr:contains(Authority: Decision maker):contains(+15)",
        },
        {
            trigger: ".o_lead_score_popover tfoot:contains(15)",
        },
        {
            content: "what was answered is not asked for, what was not is",
            trigger:
                ".o_lead_score_popover:not(:contains(Ask for the authority)):contains(Ask for the budget: up to)",
        },
        {
            content: "close it",
            trigger: "body",
            run: "press Escape",
        },
        {
            trigger: "body:not(:has(.o_lead_score_popover))",
        },
        {
            trigger: `${ANSWER}[aria-pressed=true]`,
            run: "click",
        },
        {
            trigger: `${ANSWER}[aria-pressed=false]`,
        },
        {
            trigger: ".o_lead_score:not(:contains(15))",
        },
    ],
});
