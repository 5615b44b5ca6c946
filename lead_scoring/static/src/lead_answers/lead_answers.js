import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useState } from "@odoo/owl";

/** Every qualifier with its answers as buttons: one click takes an answer down, another back. */
export class LeadAnswersField extends Component {
    static template = "lead_scoring.LeadAnswersField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    get disabled() {
        return this.state.busy || this.props.readonly;
    }

    origin(row) {
        return [row.given_by, row.given_on, row.source].filter(Boolean).join(", ");
    }

    async onAnswer({ id, given }) {
        const record = this.env.getLead?.() || this.props.record;
        this.state.busy = true;
        try {
            if (await record.save({ reload: false })) {
                await this.orm.call("crm.lead", "action_answer", [[record.resId], id, given]);
                await record.load();
            }
        } finally {
            this.state.busy = false;
        }
    }
}

export const leadAnswersField = {
    component: LeadAnswersField,
    displayName: _t("Answers to Qualifiers"),
    supportedTypes: ["json"],
};

registry.category("fields").add("lead_answers", leadAnswersField);
