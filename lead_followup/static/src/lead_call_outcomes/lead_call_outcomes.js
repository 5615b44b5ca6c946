import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, useState } from "@odoo/owl";

/** The five outcomes of a call, in the order of the keys 1 to 5. */
export const OUTCOMES = [
    { value: "interested", label: _t("Interested"), icon: "fa-thumbs-up", colour: "success" },
    { value: "later", label: _t("Later"), icon: "fa-clock-o", colour: "info" },
    { value: "not_interested", label: _t("Not Interested"), icon: "fa-thumbs-down", colour: "danger" },
    { value: "no_answer", label: _t("No Answer"), icon: "fa-phone", colour: "muted" },
    { value: "wrong_number", label: _t("Wrong Number"), icon: "fa-ban", colour: "warning" },
];

/** One button an outcome: a click notes the call and does what follows from it. */
export class LeadCallOutcomes extends Component {
    static template = "lead_followup.LeadCallOutcomes";
    static props = {
        leadId: Number,
        activityId: { type: [Number, Boolean], optional: true },
        hasKeys: { type: Boolean, optional: true },
        onDone: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.outcomes = OUTCOMES;
        this.state = useState({ isBusy: false });
    }

    async log(outcome) {
        if (this.state.isBusy) {
            return; // a second click on a slow line is no second call
        }
        this.state.isBusy = true;
        try {
            const action = await this.orm.call(
                "crm.lead",
                "action_log_call",
                [[this.props.leadId], outcome],
                { activity_id: this.props.activityId || false }
            );
            const done = () => this.props.onDone?.();
            if (action.type === "ir.actions.act_window") {
                await this.action.doAction(action, { onClose: done });
            } else {
                await this.action.doAction(action);
                await done();
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

/** The outcomes on the lead's own form, for a call that was just made. */
export class LeadCallOutcomesWidget extends Component {
    static template = "lead_followup.LeadCallOutcomesWidget";
    static components = { LeadCallOutcomes };
    static props = { ...standardWidgetProps };

    async reload() {
        await this.props.record.model.load();
    }
}

registry.category("view_widgets").add("lead_call_outcomes", {
    component: LeadCallOutcomesWidget,
});
