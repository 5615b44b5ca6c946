import { LeadScoringProgress } from "@lead_scoring/lead_scoring_progress/lead_scoring_progress";
import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** The list of score rules, with the progress of what their last change has set off. */
export class LeadScoreRuleListController extends ListController {
    static template = "lead_scoring.LeadScoreRuleListView";
    static components = { ...ListController.components, LeadScoringProgress };
}

export const leadScoreRuleListView = { ...listView, Controller: LeadScoreRuleListController };

registry.category("views").add("lead_score_rule_list", leadScoreRuleListView);
