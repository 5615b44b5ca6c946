import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { GraphModel } from "@web/views/graph/graph_model";
import { graphView } from "@web/views/graph/graph_view";

import { LeadGraphRenderer } from "@lead_scoring/lead_graph/lead_graph";

import { openLeads, SMALL_SAMPLE_MARK } from "./lead_funnel_common";
import { LeadFunnelChart } from "./lead_funnel_chart";

/** Marks the groups whose rate is of few leads, and leaves out what is a ratio of nothing. */
export class LeadFunnelGraphModel extends GraphModel {
    async _loadDataPoints(metaData) {
        const loaded = await super._loadDataPoints(metaData);
        const [dataPoints] = loaded;
        const { measure, groupBy, resModel } = metaData;
        this.bases ??= await this.orm.call(resModel, "get_measure_bases", []);
        const base = this.bases.base_by_measure[measure];
        this.smallGroups = [];
        if (!base) {
            return loaded;
        }
        const specs = groupBy.map((gb) => gb.spec);
        const groups = await this.orm.formattedReadGroup(
            resModel,
            metaData.domain || this.searchParams.domain,
            specs,
            [base],
            { context: { fill_temporal: true, ...this.searchParams.context } }
        );
        const countByGroup = Object.fromEntries(
            groups.map((group) => [
                JSON.stringify(specs.map((spec) => ({ [spec]: group[spec] }))),
                group[base] || 0,
            ])
        );
        for (const point of dataPoints) {
            const count = countByGroup[point.identifier] || 0;
            if (point.value === false) {
                point.value = null;
            } else if (count < this.bases.small) {
                this.smallGroups.push({ label: point.labels.join(" / "), count });
                if (groupBy.length === 1) {
                    point.labels = [`${point.labels[0]} ${SMALL_SAMPLE_MARK}`];
                }
            }
        }
        return loaded;
    }
}

export class LeadFunnelGraphRenderer extends LeadGraphRenderer {
    static template = "lead_nurture.LeadFunnelGraphRenderer";
    static components = { ...LeadGraphRenderer.components, LeadFunnelChart };

    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    openView(domain, views, context, newWindow) {
        return this.openLeads(domain, this.model.metaData.measure, newWindow);
    }

    openLeads(domain, measure, newWindow) {
        return openLeads({
            orm: this.orm,
            actionService: this.actionService,
            domain,
            measure,
            newWindow,
        });
    }
}

registry.category("views").add("lead_funnel_graph", {
    ...graphView,
    Model: LeadFunnelGraphModel,
    Renderer: LeadFunnelGraphRenderer,
});
