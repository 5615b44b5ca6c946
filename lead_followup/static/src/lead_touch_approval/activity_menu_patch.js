import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";

patch(ActivityMenu.prototype, {
    /** Touches have no activities: the line of e-mails to approve opens those e-mails. */
    openActivityGroup(group, filter = "all", newWindow) {
        if (group.model !== "lead.touch") {
            return super.openActivityGroup(...arguments);
        }
        this.dropdown.close();
        const context = { search_default_mine: 1 };
        if (filter === "overdue") {
            context.search_default_past = 1;
        }
        this.action.doAction("lead_followup.lead_touch_approval_action", {
            newWindow,
            clearBreadcrumbs: true,
            additionalContext: context,
        });
    },
});
