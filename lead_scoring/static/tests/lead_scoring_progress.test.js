import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, queryOne, waitFor } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    getService,
    hideTab,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { waitForChannels } from "@bus/../tests/bus_test_helpers";
import { POLL_DELAY } from "@lead_scoring/lead_scoring_progress/lead_scoring_progress_service";

describe.current.tags("desktop");

class Rule extends models.Model {
    _name = "lead.score.rule";

    name = fields.Char();

    _records = [{ id: 1, name: "Runs a plant" }];
    _views = {
        form: `<form><widget name="lead_scoring_progress"/><field name="name"/></form>`,
        list: `<list js_class="lead_score_rule_list" editable="bottom"><field name="name"/></list>`,
    };
}

defineModels([Rule]);
defineMailModels();

const BAR = ".o_lead_scoring_progress";
let stale;

beforeEach(() => {
    onRpc("lead.score.rule", "get_stale_count", () => {
        expect.step("asked");
        return stale;
    });
});

const mountForm = () => mountView({ type: "form", resModel: "lead.score.rule", resId: 1 });

test("nothing is shown, and nothing asked again, while no lead waits", async () => {
    stale = 0;
    await mountForm();
    await animationFrame();
    expect(BAR).toHaveCount(0);
    await advanceTime(3 * POLL_DELAY);
    expect.verifySteps(["asked"]);
});

test("the bar follows by itself and goes away with the last lead", async () => {
    stale = 10000;
    await mountForm();
    await waitFor(BAR);
    expect(BAR).toHaveText("Scoring again: 0 of 10,000 leads");

    stale = 6800;
    await advanceTime(POLL_DELAY);
    await animationFrame();
    expect(BAR).toHaveText("Scoring again: 3,200 of 10,000 leads");
    expect(`${BAR} [role=progressbar]`).toHaveAttribute("aria-valuenow", "32");
    expect(queryOne(`${BAR} .progress-bar`).style.width).toBe("32%");

    stale = 0;
    await advanceTime(POLL_DELAY);
    await animationFrame();
    expect(BAR).toHaveCount(0);
    await advanceTime(3 * POLL_DELAY);
    expect.verifySteps(["asked", "asked", "asked"]);
});

test("the next change counts from nothing again", async () => {
    stale = 10;
    await mountForm();
    await waitFor(BAR);
    stale = 0;
    await advanceTime(POLL_DELAY);
    stale = 4;
    await contains("[name=name] input").edit("Runs a big plant");
    await contains(".o_form_button_save").click();
    await waitFor(BAR);
    expect(BAR).toHaveText("Scoring again: 0 of 4 leads");
    expect.verifySteps(["asked", "asked", "asked"]);
});

test("one lead is one lead", async () => {
    stale = 1;
    await mountForm();
    await waitFor(BAR);
    expect(BAR).toHaveText("Scoring 1 lead again");
    expect.verifySteps(["asked"]);
});

test("a word on the bus moves the bar at once", async () => {
    stale = 0;
    await mountForm();
    getService("bus_service").addChannel("managers");
    await waitForChannels(["managers"]);
    stale = 5;
    MockServer.env["bus.bus"]._sendone("managers", "lead_scoring.progress", {});
    await waitFor(BAR);
    expect(BAR).toHaveText("Scoring again: 0 of 5 leads");

    stale = 3;
    MockServer.env["bus.bus"]._sendone("managers", "lead_scoring.progress", {});
    await waitFor(`${BAR}:contains(2 of 5)`);
    expect.verifySteps(["asked", "asked", "asked"]);
});

test("a hidden tab asks no more", async () => {
    stale = 5;
    await mountForm();
    await waitFor(BAR);
    await hideTab();
    await advanceTime(3 * POLL_DELAY);
    expect.verifySteps(["asked"]);
});

test("the list of rules shows it above its rows, and asks after a change", async () => {
    stale = 0;
    await mountView({ type: "list", resModel: "lead.score.rule" });
    expect(BAR).toHaveCount(0);
    stale = 7;
    await contains(".o_data_cell").click();
    await contains(".o_data_cell input").edit("Runs two plants", { confirm: false });
    await contains(".o_list_button_save").click();
    await waitFor(BAR);
    expect(`${BAR} + .o_list_renderer`).toHaveCount(1);
    expect(BAR).toHaveText("Scoring again: 0 of 7 leads");
    expect.verifySteps(["asked", "asked"]);
});
