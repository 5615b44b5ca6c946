import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";
import { LeadScorePopover } from "@lead_scoring/lead_score/lead_score";

const BREAKDOWN = [
    { label: "Authority: Decision maker", points: 15 },
    { label: "Scanned at a show", points: 10 },
    { label: "Fit counts from 0 to 10", points: -5 },
];
const BOARD = [
    { id: 1, name: "Authority", question: "Who decides?", answers: [], to_win: 0 },
    { id: 2, name: "Timeframe", question: "When?", answers: [], to_win: 15 },
];

class Lead extends models.Model {
    _name = "crm.lead";

    score_total = fields.Integer({ string: "Score" });
    temperature = fields.Selection({ selection: [["cold", "Cold"], ["warm", "Warm"]] });
    score_breakdown = fields.Json();
    qualification_board = fields.Json();

    _records = [
        {
            id: 1,
            score_total: 20,
            temperature: "cold",
            score_breakdown: BREAKDOWN,
            qualification_board: BOARD,
        },
    ];
}

defineModels([Lead]);
defineMailModels();

const mountPopover = (props) =>
    mountWithCleanup(LeadScorePopover, { props: { total: 20, lines: BREAKDOWN, ...props } });
const plain = (text) => text.replace(/[\u2066\u2069]/g, ""); // without the marks of direction

test("a click on the score opens the lines that add up to it", async () => {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        arch: `<form><field name="score_total" widget="lead_score"/></form>`,
    });
    expect(queryAllTexts(".o_lead_score span")).toEqual(["20", "Cold"]);

    await contains(".o_lead_score").click();

    expect(queryAllTexts(".o_lead_score_popover tbody td:last-child")).toEqual(["+15", "+10", "−5"]);
    expect(".o_lead_score_popover tfoot td:last-child").toHaveText("20");
    expect(queryAllTexts(".o_lead_score_unknown").map(plain)).toEqual([
        "Ask for the timeframe: up to +15",
    ]);
});

test("with every answer known there is nothing to ask", async () => {
    await mountPopover({ unknown: [] });

    expect(".o_lead_score_popover tfoot td:last-child").toHaveText("20");
    expect(".o_lead_score_unknown").toHaveCount(0);
    expect(".o_lead_score_popover").not.toHaveText(/Not known yet/);
});

test("a name keeps the capitals it needs within the sentence", async () => {
    const unknown = ["Need", "ERP in use", "Ort"].map((name, id) => ({ id, name, to_win: 8 }));
    await mountPopover({ unknown });

    expect(queryAllTexts(".o_lead_score_unknown").map(plain)).toEqual([
        "Ask for the need: up to +8",
        "Ask for the ERP in use: up to +8",
        "Ask for the ort: up to +8",
    ]);
});

test("a German noun keeps its capital", async () => {
    patchWithCleanup(user, { lang: "de-DE" });
    await mountPopover({ unknown: [{ id: 1, name: "Ort", to_win: 8 }] });

    expect(queryAllTexts(".o_lead_score_unknown").map(plain)).toEqual(["Ask for the Ort: up to +8"]);
});
