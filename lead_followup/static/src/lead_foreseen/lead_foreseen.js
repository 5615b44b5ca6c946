import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, markup, useEffect, useState } from "@odoo/owl";

/**
 * What the server foresees for the values of this record, worked out anew when one of them changes.
 *
 * The model's `get_foreseen_html(values)` gives HTML it has escaped itself, or false for nothing.
 */
export class LeadForeseen extends Component {
    static template = "lead_followup.LeadForeseen";
    static props = { ...standardWidgetProps, fields: { type: Array, element: String } };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ isLoading: false, html: false });
        useEffect(
            () => {
                this.load();
            },
            () => [this.props.record.resId, JSON.stringify(this.values)]
        );
    }

    get values() {
        const { data } = this.props.record;
        const entries = this.props.fields.map((name) => [name, data[name]?.id ?? data[name]]);
        return Object.fromEntries(entries);
    }

    get label() {
        return _t("Working out what will come…");
    }

    async load() {
        const { resId, resModel } = this.props.record;
        this.state.isLoading = true;
        try {
            const answer = this.orm.call(resModel, "get_foreseen_html", [
                resId ? [resId] : [],
                this.values,
            ]);
            const html = await this.keepLast.add(answer);
            this.state.html = html && markup(html);
        } finally {
            this.state.isLoading = false;
        }
    }
}

export const leadForeseen = {
    component: LeadForeseen,
    extractProps: ({ options }) => ({ fields: options.fields || [] }),
};

registry.category("view_widgets").add("lead_foreseen", leadForeseen);
