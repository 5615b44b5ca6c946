import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame, queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const row = (vals) => ({
    id: 1,
    name: "Timeframe",
    question: "When do you plan to buy?",
    answers: [
        { id: 11, name: "No plan", points: 0, given: false },
        { id: 12, name: "Within 3 months", points: 15, given: false },
    ],
    expired: false,
    given_by: "",
    given_on: "",
    source: "",
    to_win: 15,
    ...vals,
});

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    qualification_board = fields.Json();

    _records = [{ id: 1, name: "Pumps", qualification_board: [row()] }];
}

defineModels([Lead]);
defineMailModels();

const mountBoard = (attrs = "", params = {}) =>
    mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        arch: `<form><field name="name"/>
                 <field name="qualification_board" widget="lead_answers" ${attrs}/></form>`,
        ...params,
    });
const ANSWER = ".o_lead_answers button:contains(Within 3 months)";

function answerOnServer() {
    onRpc("crm.lead", "action_answer", ({ args: [ids, answerId, isGiven] }) => {
        expect.step(`answer ${ids} ${answerId}${isGiven ? " back" : ""}`);
        const answers = row().answers.map((answer) => ({ ...answer, given: answer.id === answerId }));
        const given = { answers, given_by: "Ann", given_on: "03/17/2026" };
        MockServer.env["crm.lead"].write(ids, { qualification_board: [row(given)] });
        return true;
    });
}

test("one click takes an answer down and shows who gave it", async () => {
    answerOnServer();
    await mountBoard();
    expect(ANSWER).toHaveAttribute("aria-pressed", "false");
    expect(".o_lead_answers .text-muted").toHaveText("When do you plan to buy?");

    await contains(ANSWER).click();

    expect.verifySteps(["answer 1 12"]);
    expect(ANSWER).toHaveAttribute("aria-pressed", "true");
    expect(ANSWER).toBeEnabled();
    expect(".o_lead_answers .text-muted").toHaveText("Ann, 03/17/2026");
});

test("what was changed before is saved before the answer", async () => {
    answerOnServer();
    onRpc("crm.lead", "web_save", ({ args }) => expect.step(`save ${args[1].name}`));
    await mountBoard();
    await contains("[name=name] input").edit("Valves");

    await contains(ANSWER).click();

    expect.verifySteps(["save Valves", "answer 1 12"]);
});

for (const [title, attrs, params] of [
    ["a readonly field", `readonly="1"`, {}],
    ["a readonly form", "", { readonly: true }],
]) {
    test(`${title} takes no answer`, async () => {
        answerOnServer();
        await mountBoard(attrs, params);

        expect(".o_lead_answers button:disabled").toHaveCount(2);
        expect(".o_lead_answers button:enabled").toHaveCount(0);
        await contains(ANSWER).click();
        await animationFrame();
        expect.verifySteps([]);
    });
}

test("an expired answer is marked, one that counts is not", async () => {
    const given = row().answers.map((answer) => ({ ...answer, given: answer.id === 11 }));
    Lead._records[0].qualification_board = [
        row({ answers: given, expired: true, source: "Expo", given_by: "Ann" }),
        row({ id: 2, answers: given, source: "Call", given_by: "Ben" }),
    ];
    await mountBoard();

    expect(queryAllTexts(".o_lead_answers_row .badge")).toEqual(["Expired"]);
    expect(queryAllTexts(".o_lead_answers_row .text-muted")).toEqual([
        "ExpiredAnn, Expo",
        "Ben, Call",
    ]);
    expect(".o_lead_answers button[aria-pressed=true]").toHaveCount(2);
});
