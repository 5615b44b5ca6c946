import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { answered } from "@lead_scoring/../tests/tours/tour_utils";

const PREVIEW = ".o_field_widget[name=preview]";

/** A sales manager builds a score rule and sees what it would do before saving it. */
registry.category("web_tour.tours").add("lead_scoring_rule", {
    url: "/odoo/crm",
    steps: () => [
        {
            content: "open the configuration",
            trigger: ".o_menu_sections [data-menu-xmlid='crm.crm_menu_config']",
            run: "click",
        },
        {
            content: "open the score rules",
            trigger: "[data-menu-xmlid='lead_scoring.lead_score_rule_menu']",
            run: "click",
        },
        {
            trigger: ".o_last_breadcrumb_item:contains(Score Rules)",
        },
        {
            content: "a new rule",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Runs a plant",
        },
        {
            trigger: ".o_field_widget[name=points] input",
            run: "edit 10",
        },
        {
            content: "a first condition, on the field the editor proposes",
            trigger: ".o_field_domain .o_tree_editor a:contains(New Rule)",
            run: "click",
        },
        answered(),
        {
            content: "choose another field",
            trigger: ".o_tree_editor_condition .o_model_field_selector",
            run: "click",
        },
        {
            trigger: ".o_model_field_selector_popover_search input",
            run: "edit Job Position",
        },
        {
            trigger: ".o_model_field_selector_popover_item[data-name=function] button",
            run: "click",
        },
        answered(),
        {
            trigger:
                ".o_tree_editor_condition:has(.o_model_field_selector:contains(Job Position)) .o_tree_editor_editor:last input",
            run: "edit Works manager && click body",
        },
        answered(),
        {
            content: "who matches, and what becomes of them, is said before saving",
            trigger: `${PREVIEW}:contains("Matches 3 open leads. 1 goes from cold to warm.")`,
        },
        {
            content: "with 4 points nobody moves: 39 is cold",
            trigger: ".o_field_widget[name=points] input",
            run: "edit 4 && click body",
        },
        answered(),
        {
            trigger: `${PREVIEW}:contains("Matches 3 open leads."):not(:contains("go from"))`,
        },
        {
            trigger: ".o_field_widget[name=points] input",
            run: "edit 10 && click body",
        },
        answered(),
        {
            trigger: `${PREVIEW}:contains("1 goes from cold to warm.")`,
        },
        ...stepUtils.saveForm(),
        {
            content: "the leads wait to be scored again",
            trigger: ".o_lead_scoring_progress:contains(Scoring again: 0 of)",
        },
    ],
});
