import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

import { explainSmallSample, openLeads, SMALL_SAMPLE_MARK } from "./lead_funnel_common";

const baseKey = (measure) => `base:${measure}`;

/** Asks with every rate for the number of leads it is of. */
export class LeadFunnelPivotModel extends PivotModel {
    async load(searchParams) {
        this.bases ??= await this.orm.call("lead.funnel.report", "get_measure_bases", []);
        return super.load(searchParams);
    }

    getBaseSpec(measure) {
        return this.bases?.base_by_measure[measure];
    }

    async _getGroupsSubdivision(params, groupInfo) {
        const specs = params.measureSpecs.map((spec) => this.getBaseSpec(spec.split(":")[0]));
        const measureSpecs = [...new Set([...params.measureSpecs, ...specs.filter(Boolean)])];
        return super._getGroupsSubdivision({ ...params, measureSpecs }, groupInfo);
    }

    _getMeasurements(group, config) {
        const measurements = super._getMeasurements(group, config);
        for (const measure of Object.keys(measurements)) {
            const spec = this.getBaseSpec(measure);
            if (spec) {
                measurements[baseKey(measure)] = group[spec] || 0;
            }
        }
        return measurements;
    }
}

export class LeadFunnelPivotRenderer extends PivotRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    /** Mark a rate of few leads, and say of how many it is. */
    getFormattedValue(cell) {
        const formatted = super.getFormattedValue(cell);
        const measurements = this.model.data.measurements[JSON.stringify(cell.groupId)] || {};
        const help =
            cell.value !== false &&
            explainSmallSample(measurements[baseKey(cell.measure)], this.model.bases.small);
        return help
            ? { ...formatted, value: `${formatted.value} ${SMALL_SAMPLE_MARK}`, help }
            : formatted;
    }

    onOpenView(cell, newWindow) {
        if (cell.value === undefined || this.model.metaData.disableLinking) {
            return;
        }
        const group = { rowValues: cell.groupId[0], colValues: cell.groupId[1] };
        return openLeads({
            orm: this.orm,
            actionService: this.actionService,
            domain: this.model.getGroupDomain(group),
            measure: cell.measure,
            newWindow,
        });
    }
}

registry.category("views").add("lead_funnel_pivot", {
    ...pivotView,
    Model: LeadFunnelPivotModel,
    Renderer: LeadFunnelPivotRenderer,
});
