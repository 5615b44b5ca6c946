import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const DIALOG = ".modal:not(.o_inactive_modal)";

const SLOW = 60000; // ms, where much is loaded or worked out

/** Opens an entry of a menu of the app. */
const openMenu = (menu, entry) => [
    { trigger: `.o_menu_sections [data-menu-xmlid="${menu}"]`, run: "click" },
    { trigger: `.o-dropdown--menu [data-menu-xmlid="${entry}"]`, run: "click" },
];

/** Makes a piece of content with a design of Odoo's editor, and switches it to ready. */
const makeContent = (subject) => [
    { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
    {
        trigger: '[name="body_arch"] .o_mailing_template_preview_wrapper [data-name="newsletter"]',
        run: "click",
    },
    {
        content: "the editor's own bundles are loaded",
        trigger: '[name="body_arch"] :iframe .o_editable [href*="unsubscribe_from_list"]',
        timeout: SLOW,
    },
    { trigger: "input#subject_0", run: `edit ${subject}` },
    { trigger: ".o_field_widget[name=is_lead_content_ready] input", run: "click" },
    ...stepUtils.saveForm(),
    { content: "sent to nobody from here", trigger: "body:not(:has(button[name=action_launch]))" },
    { trigger: ".o_breadcrumb .o_back_button", run: "click" },
    { trigger: `.o_list_view .o_data_row:contains(${subject})` },
];

registry.category("web_tour.tours").add("lead_nurture_build_track", {
    steps: () => [
        ...makeContent("Choosing a pump"),
        ...makeContent("Saving power"),
        ...openMenu("crm.crm_menu_config", "lead_followup.lead_cadence_menu"),
        { trigger: ".o_list_view .o_data_row:contains(Stay in touch)", timeout: SLOW },
        { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Tour track" },
        { trigger: ".o_field_widget[name=is_track] input", run: "click" },
        { trigger: ".o_field_widget[name=is_endless] input", run: "click" },
        { trigger: ".o_field_x2many_list_row_add a", run: "click" },
        { trigger: `${DIALOG} .o_field_widget[name=name] input`, run: "edit Every month" },
        {
            trigger: `${DIALOG} .o_field_widget[name=content_source] label:contains(library)`,
            run: "click",
        },
        { trigger: `${DIALOG} .o_field_widget[name=wait_days] input`, run: "edit 30" },
        { trigger: `${DIALOG} .o_form_button_save`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_data_row:contains(Every month)" },
        ...stepUtils.saveForm(),
        ...openMenu("crm.crm_menu_sales", "crm.menu_crm_opportunities"),
        { trigger: ".o_kanban_record:contains(Tour lead)", run: "click" },
        { trigger: ".nav-link[name=followup]", run: "click" },
        { trigger: "button[name=action_ask_enroll]", run: "click" },
        { trigger: `${DIALOG} .o_field_widget[name=cadence_id] input`, run: "edit Tour" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Tour track)", run: "click" },
        { trigger: `${DIALOG} .o_lead_enroll_summary:contains(“Tour track”)`, timeout: SLOW },
        { trigger: `${DIALOG} button[name=action_enroll]`, run: "click" },
        { trigger: ".o_field_widget[name=cadence_id]:contains(Tour track)", timeout: SLOW },
        { trigger: "button[name=action_preview_cadence]", run: "click" },
        { trigger: `${DIALOG} .o_lead_preview_line:contains(“Choosing a pump”)`, timeout: SLOW },
        { trigger: `${DIALOG} .o_lead_preview_line:contains(The next that it has not had)` },
        { trigger: `${DIALOG} button[special=cancel]:visible`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
