import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

/** Shows how far the scoring in the background has come; nothing when no lead waits for it. */
export class LeadScoringProgress extends Component {
    static template = "lead_scoring.LeadScoringProgress";
    static props = {
        ...standardWidgetProps,
        record: { type: Object, optional: true },
    };

    setup() {
        const { state, watch, unwatch } = useService("lead_scoring_progress");
        this.progress = useState(state);
        onMounted(watch);
        onWillUnmount(unwatch);
    }

    get done() {
        return this.progress.total - this.progress.stale;
    }

    get percent() {
        return Math.floor((100 * this.done) / this.progress.total);
    }

    get text() {
        const { total } = this.progress;
        if (total === 1) {
            return _t("Scoring 1 lead again");
        }
        return _t("Scoring again: %(done)s of %(total)s leads", {
            done: formatInteger(this.done),
            total: formatInteger(total),
        });
    }
}

export const leadScoringProgress = { component: LeadScoringProgress };

registry.category("view_widgets").add("lead_scoring_progress", leadScoringProgress);
