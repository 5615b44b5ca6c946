import { registry } from "@web/core/registry";

const SAVE = ".o_form_status_indicator .o_form_button_save";
const SAVED = ".o_form_view:has(.o_form_status_indicator_buttons.invisible)";

/** Changes a step in its dialog; the steps below show it. */
const changeWait = (step, days) => [
    { trigger: `.o_data_row:contains(${step}) td[name=name]`, run: "click" },
    { trigger: ".modal .o_field_widget[name=wait_days] input", run: `edit ${days}` },
    { trigger: ".modal .o_form_button_save", run: "click" },
    { trigger: `body:not(:has(.modal)) .o_data_row:contains(${step}) td:contains(${days})` },
];

registry.category("web_tour.tours").add("lead_cadence_versions", {
    steps: () => [
        ...changeWait("Two", 4),
        { trigger: SAVE, run: "click" },
        { trigger: ".modal-title:contains(2 leads are inside)" },
        { content: "not yet", trigger: ".modal button:contains(Go on editing)", run: "click" },
        { trigger: `body:not(:has(.modal)) ${SAVE}`, run: "click" },
        { content: "those inside follow", trigger: ".o_cadence_follow", run: "click" },
        { trigger: SAVED },
        { trigger: "button[name=action_open_enrollments]:contains(2)" },
        ...changeWait("Two", 7),
        { trigger: SAVE, run: "click" },
        { content: "those inside finish the old one", trigger: ".o_cadence_finish", run: "click" },
        { trigger: SAVED },
        { trigger: "button[name=action_open_old_enrollments]:contains(2)" },
        { content: "nobody is inside: no question", trigger: `body:not(:has(.modal))` },
        ...changeWait("Two", 8),
        { trigger: SAVE, run: "click" },
        { trigger: SAVED },
        { trigger: "button[name=action_open_old_enrollments]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Rolling, until)" },
    ],
});
