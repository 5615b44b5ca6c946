import { registry } from "@web/core/registry";

const TIMEOUT_MS = 60000; // the most a step may take: the first one waits for assets to be built
const tours = registry.category("web_tour.tours");
const getServices = () => odoo.__WOWL_DEBUG__.root.env.services;
const getModel = () => getServices().spreadsheet_dashboard_loader.getActiveDashboard().model;

/** `{sheet!A1: value}` of all cells; a cell that is still read counts as an error. */
function readCells() {
    const { getters } = getModel();
    const values = {};
    for (const sheetId of getters.getSheetIds()) {
        for (const cell of Object.values(getters.getCells(sheetId))) {
            const { col, row } = getters.getCellPosition(cell.id);
            const { value } = getters.getEvaluatedCell({ sheetId, col, row });
            values[`${sheetId}!${String.fromCharCode(65 + col)}${row + 1}`] = value;
        }
    }
    return values;
}

async function waitForCells(expected) {
    let values, wrong;
    const end = Date.now() + TIMEOUT_MS - 5000;
    while (Date.now() < end) {
        values = readCells();
        wrong = Object.entries(values).filter(
            ([, value]) => typeof value === "string" && (value.startsWith("#") || value.startsWith("Loading"))
        );
        const different = Object.entries(expected).filter(([cell, value]) => values[cell] !== value);
        wrong.push(...different.map(([cell, value]) => [cell, `${values[cell]}, not ${value}`]));
        if (!wrong.length) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Cells: ${wrong.map((pair) => pair.join(" = ")).join("; ")}`);
}

async function chooseShow(name) {
    const ids = await getServices().orm.search("lead.trade.show", [["name", "=", name]]);
    getModel().dispatch("SET_GLOBAL_FILTER_VALUE", { id: "show", value: { operator: "in", ids } });
}

tours.add("lead_nurture_dashboard_sample", {
    steps: () => [
        {
            trigger: ".o-sample-dashboard .o-figure",
            timeout: TIMEOUT_MS,
            run: () => waitForCells({ "data!F2": 412 }),
        },
    ],
});

tours.add("lead_nurture_dashboard", {
    steps: () => [
        {
            trigger: ".o_renderer:not(.o-sample-dashboard) .o-figure",
            timeout: TIMEOUT_MS,
            run: () =>
                waitForCells({
                    "data!F2": 3,
                    "data!F3": 1,
                    "data!F10": "33.3% ⚠",
                    "data!I46": 3,
                    "data!I47": "",
                    "dashboard!A49": "Trade Show",
                    "dashboard!A50": "Tour Expo",
                }),
        },
        {
            trigger: ".o-figure",
            timeout: TIMEOUT_MS,
            async run() {
                await chooseShow("Tour Expo");
                await waitForCells({ "data!F2": 2, "data!F10": "50.0% ⚠" });
            },
        },
        {
            trigger: ".o-figure",
            timeout: TIMEOUT_MS,
            async run() {
                await chooseShow("Tour Expo nobody came to");
                await waitForCells({ "data!F2": 0, "data!F10": "–" });
            },
        },
    ],
});
