import { Activity } from "@mail/core/web/activity";
import { ActivityListPopoverItem } from "@mail/core/web/activity_list_popover_item";

import { patch } from "@web/core/utils/patch";

import { LeadCallOutcomes } from "../lead_call_outcomes/lead_call_outcomes";

/** Calls to leads are closed with their outcome, wherever the activity is shown. */
function isLeadCall(activity) {
    return (
        activity.res_model === "crm.lead" &&
        activity.activity_category === "phonecall" &&
        activity.state !== "done" &&
        activity.can_write
    );
}

Object.assign(Activity.components, { LeadCallOutcomes });
patch(Activity.prototype, {
    get isLeadCall() {
        return isLeadCall(this.props.activity);
    },
    async onOutcome() {
        const thread = this.thread;
        this.props.onActivityChanged(thread);
        this.props.reloadParentView();
        await thread.fetchNewMessages();
    },
});

Object.assign(ActivityListPopoverItem.components, { LeadCallOutcomes });
patch(ActivityListPopoverItem.prototype, {
    get isLeadCall() {
        return isLeadCall(this.props.activity);
    },
    onOutcome() {
        this.props.onActivityChanged?.();
    },
});
