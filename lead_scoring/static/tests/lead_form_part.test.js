import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    story = fields.Char();

    _records = [{ id: 1, name: "Pumps", story: "Scanned on Tuesday" }];
    _views = {
        "form,told": `<form js_class="lead_form_part"><field name="story" readonly="1"/></form>`,
    };
}

defineModels([Lead]);
defineMailModels();

/** Note each read of the story, and each lead that is made or saved. */
const stepReads = () => {
    onRpc("crm.lead", "web_read", ({ kwargs }) => {
        expect.step("story" in kwargs.specification ? "read the part" : "read the lead");
    });
    onRpc("crm.lead", "web_save", ({ args }) => {
        expect.step(args[0].length ? "save" : "make");
    });
};

const mountLead = (params = {}) =>
    mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        arch: `<form><field name="name"/><notebook>
                 <page string="First" name="first">Nothing to read</page>
                 <page string="History" name="history">
                   <widget name="lead_form_part" view="told" invisible="not id"/>
                 </page>
               </notebook></form>`,
        ...params,
    });

const settle = async () => {
    for (let frame = 0; frame < 5; frame++) {
        await animationFrame();
    }
};

test("a part is read once its page is open, and once only", async () => {
    stepReads();
    await mountLead();
    await settle();
    expect.verifySteps(["read the lead"]);
    expect(".o_lead_form_part").toHaveCount(0);

    await contains(".nav-link:contains(History)").click();
    await settle();

    expect(".o_lead_form_part").toHaveText(/Scanned on Tuesday/);
    expect.verifySteps(["read the part"]);
});

test("it is read again with the lead that was saved, which it does not save itself", async () => {
    stepReads();
    await mountLead();
    await contains(".nav-link:contains(History)").click();
    await settle();
    expect.verifySteps(["read the lead", "read the part"]);

    await contains(".o_field_widget[name=name] input").edit("Valves");
    await contains(".o_form_button_save").click();
    await settle();

    expect.verifySteps(["save", "read the part"]);
});

test("a lead that is not there yet has no part to read, and is made once", async () => {
    stepReads();
    await mountLead({ resId: false });
    await contains(".nav-link:contains(History)").click();
    await settle();
    expect(".o_lead_form_part").toHaveCount(0);

    await contains(".o_field_widget[name=name] input").edit("Valves");
    await contains(".o_form_button_save").click();
    await settle();

    expect.verifySteps(["make", "read the part"]);
    expect(".o_lead_form_part").toHaveCount(1);
});
