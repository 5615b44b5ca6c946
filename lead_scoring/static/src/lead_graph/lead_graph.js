import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

import { cycle, DASHES, patternOf, POINTS } from "./lead_graph_patterns";

/**
 * A graph that is read in the direction of the language, and in which no colour stands alone:
 * bars and slices have a pattern, lines a dash and a mark of their own.
 */
export class LeadGraphRenderer extends GraphRenderer {
    setup() {
        super.setup();
        this.colorByPattern = new Map(); // a tooltip can show a colour only
    }

    get isRightToLeft() {
        return localization.direction === "rtl";
    }

    getPattern(color, index) {
        const pattern = patternOf(color, index);
        this.colorByPattern.set(pattern, color);
        return pattern;
    }

    getBarChartData() {
        const data = super.getBarChartData();
        data.datasets.forEach((dataset, index) => {
            if (dataset !== this.model.lineOverlayDataset) {
                dataset.backgroundColor = this.getPattern(dataset.backgroundColor, index);
            }
        });
        return data;
    }

    getLineChartData() {
        const data = super.getLineChartData();
        data.datasets.forEach((dataset, index) => {
            dataset.borderDash = cycle(DASHES, index);
            dataset.pointStyle = cycle(POINTS, index);
            dataset.pointRadius = 5;
        });
        return data;
    }

    getPieChartData() {
        const data = super.getPieChartData();
        for (const dataset of data.datasets) {
            const colors = dataset.backgroundColor;
            dataset.backgroundColor = colors.map((color, index) => this.getPattern(color, index));
            dataset.hoverBackgroundColor = dataset.backgroundColor;
        }
        return data;
    }

    getLegendOptions() {
        const options = super.getLegendOptions();
        if (this.model.metaData.mode === "pie") {
            const { generateLabels } = options.labels;
            options.labels.generateLabels = (chart) =>
                generateLabels(chart).map((label) => ({
                    ...label,
                    fillStyle: chart.data.datasets[0].backgroundColor[label.index],
                }));
        }
        if (this.isRightToLeft) {
            options.rtl = true;
            options.textDirection = "rtl";
        }
        return options;
    }

    getScaleOptions() {
        const options = super.getScaleOptions();
        if (this.isRightToLeft && options.x) {
            options.x.reverse = true;
            options.y.position = "right";
        }
        return options;
    }

    getTooltipItems(...args) {
        return super.getTooltipItems(...args).map((item) => ({
            ...item,
            boxColor: this.colorByPattern.get(item.boxColor) ?? item.boxColor,
        }));
    }
}

registry.category("views").add("lead_graph", { ...graphView, Renderer: LeadGraphRenderer });
