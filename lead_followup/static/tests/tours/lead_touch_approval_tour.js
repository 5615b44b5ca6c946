import { registry } from "@web/core/registry";

const approve = { trigger: ".modal button[name=action_approve]", run: "click" };
const left = (count) => ({
    content: `${count} more after the one shown`,
    trigger: `.modal .o_field_widget[name=waiting_count]:contains(${count})`,
});

registry.category("web_tour.tours").add("lead_touch_approval", {
    steps: () => [
        { content: "four wait", trigger: ".o_data_row:nth-child(4)" },
        {
            content: "open the first",
            trigger: ".o_data_row:first .o_data_cell[name=email_subject]",
            run: "click",
        },
        left(3),
        {
            content: "another subject",
            trigger: ".modal .o_field_widget[name=subject] input",
            run: "edit Pumps for your new plant",
        },
        {
            content: "another text",
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor Shall I call at ten?",
        },
        { content: "approve what was edited", ...approve },
        left(2),
        { content: "approve the second as it is", ...approve },
        left(1),
        { content: "approve the third as it is", ...approve },
        {
            content: "the last comes by itself",
            trigger: ".modal:not(:has(.o_field_widget[name=waiting_count])) button[name=action_reject]",
            run: "click",
        },
        {
            content: "say why not",
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Spoke to her yesterday",
        },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { content: "none is left", trigger: ".o_view_nocontent:contains(No e-mail waits for you)" },
    ],
});
