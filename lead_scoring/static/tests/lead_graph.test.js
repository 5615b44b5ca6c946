import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { getChart, setupChartJsForTests } from "@web/../tests/views/graph/graph_test_helpers";
import {
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Fair extends models.Model {
    _name = "fair";

    city = fields.Char();
    year = fields.Char();
    guests = fields.Integer({ aggregator: "sum" });

    _records = [
        { id: 1, city: "Hanover", year: "2025", guests: 3 },
        { id: 2, city: "Hanover", year: "2026", guests: 5 },
        { id: 3, city: "Tehran", year: "2026", guests: 8 },
    ];
}

defineModels([Fair]);
defineMailModels();
setupChartJsForTests();

const mountGraph = (attrs = "", more = "") =>
    mountView({
        type: "graph",
        resModel: "fair",
        arch: `<graph js_class="lead_graph" ${attrs}>
            <field name="city"/>${more}<field name="guests" type="measure"/>
        </graph>`,
    });
const YEARS = `<field name="year"/>`;
const isPattern = (fill) => fill instanceof CanvasPattern;

test("from left to right it is as every graph", async () => {
    const { options } = getChart(await mountGraph()).config;

    expect(options.scales.x.reverse).not.toBe(true);
    expect(options.scales.y.position).not.toBe("right");
    expect(options.plugins.legend.rtl).not.toBe(true);
});

test("from right to left its axes and its legend begin on the right", async () => {
    defineParams({ lang_parameters: { direction: "rtl" } });

    const { options } = getChart(await mountGraph()).config;

    expect(options.scales.x.reverse).toBe(true);
    expect(options.scales.y.position).toBe("right");
    expect(options.plugins.legend.rtl).toBe(true);
});

test("a pie has no axes to turn round", async () => {
    defineParams({ lang_parameters: { direction: "rtl" } });

    const { options } = getChart(await mountGraph(`type="pie"`)).config;

    expect(options.scales.x).toBe(undefined);
    expect(options.plugins.legend.rtl).toBe(true);
});

test("bars of one kind are plain, those of another have a pattern", async () => {
    const { datasets } = getChart(await mountGraph("", YEARS)).data;

    expect(datasets.slice(0, 2).map((dataset) => isPattern(dataset.backgroundColor))).toEqual([
        false,
        true,
    ]);
});

test("slices but the first have a pattern, in the legend too", async () => {
    const chart = getChart(await mountGraph(`type="pie"`));

    expect(chart.data.datasets[0].backgroundColor.map(isPattern)).toEqual([false, true]);
    expect(chart.legend.legendItems.map((item) => isPattern(item.fillStyle))).toEqual([
        false,
        true,
    ]);
});

test("each line has a dash and a mark of its own", async () => {
    const { datasets } = getChart(await mountGraph(`type="line"`, YEARS)).data;

    expect(datasets.map((dataset) => dataset.pointStyle)).toEqual(["circle", "triangle"]);
    expect(datasets.map((dataset) => dataset.borderDash)).toEqual([[], [8, 4]]);
});
