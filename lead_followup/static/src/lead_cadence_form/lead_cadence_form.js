import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const UPDATE = 1;
const TEXTS = ["name", "instructions"]; // what changes neither who gets a step nor when

/** Asks what a change of the steps means for the leads inside; closing it keeps editing. */
export class LeadCadenceInsideDialog extends Component {
    static template = "lead_followup.LeadCadenceInsideDialog";
    static components = { Dialog };
    static props = { count: Number, choose: Function, close: Function };

    get title() {
        const { count } = this.props;
        return count === 1 ? _t("One lead is inside") : _t("%s leads are inside", count);
    }

    choose(choice) {
        this.props.choose(choice);
        this.props.close();
    }
}

/** Saves changed steps only once it was said whether those inside follow. */
export class LeadCadenceFormController extends FormController {
    /** A beacon sent while the page closes can't ask: the browser asks whether to stay. */
    async beforeUnload(ev) {
        const { dirty, data } = this.model.root;
        if (dirty && data.inside_count) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
            return;
        }
        return super.beforeUnload(ev);
    }

    async onWillSaveRecord(record, changes) {
        const commands = changes.step_ids || [];
        if (record.isNew || !commands.some((command) => this.isPlanChanged(command))) {
            return super.onWillSaveRecord(...arguments);
        }
        const [{ inside_count: count }] = await this.orm.read(
            record.resModel,
            [record.resId],
            ["inside_count"]
        );
        if (count) {
            changes.people_inside = await this.askAboutInside(count);
            if (!changes.people_inside) {
                return false;
            }
        }
        return super.onWillSaveRecord(...arguments);
    }

    isPlanChanged([code, , values]) {
        return code !== UPDATE || Object.keys(values).some((name) => !TEXTS.includes(name));
    }

    askAboutInside(count) {
        return new Promise((resolve) => {
            this.dialogService.add(
                LeadCadenceInsideDialog,
                { count, choose: resolve },
                { onClose: () => resolve(false) }
            );
        });
    }
}

registry.category("views").add("lead_cadence_form", {
    ...formView,
    Controller: LeadCadenceFormController,
});
