import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { getDefaultConfig, View } from "@web/views/view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, markRaw, toRaw, useEffect, useState, useSubEnv } from "@odoo/owl";

/** A part writes nothing by itself: a lead that is not saved yet would be made twice. */
class LeadFormPartRecord extends formView.Model.Record {
    async _save() {
        return true;
    }
}

/** The model of a part: whatever asks for it anew asks for the whole lead anew. */
class LeadFormPartModel extends formView.Model {
    static Record = LeadFormPartRecord;

    async load(params) {
        return this.root ? this.env.reloadLead() : super.load(params);
    }
}

/**
 * A part of a lead's form that has a form view of its own, and is read once its page is open.
 *
 *     <widget name="lead_form_part" view="xmlid of the form view"/>
 *
 * It is read again with the lead. A field in it that saves finds the lead in `env.getLead()`.
 */
export class LeadFormPart extends Component {
    static template = "lead_scoring.LeadFormPart";
    static components = { View };
    static props = { ...standardWidgetProps, view: String };

    setup() {
        this.state = useState({ viewProps: null, version: 0 });
        useSubEnv({
            config: getDefaultConfig(), // not the name and the pager of the whole form
            inDialog: false, // nor the buttons of its dialog
            getLead: () => this.props.record,
            reloadLead: () => this.reloadLead(),
        });
        useEffect(
            () => this.show(), // once it is mounted: the form does not wait for its parts
            () => [this.values]
        );
    }

    /** What the lead was last read or saved with: another object each time. */
    get values() {
        const { record } = this.props;
        return record.data && toRaw(record)._values; // reading the data has this called again
    }

    show() {
        const { record, readonly, view } = this.props;
        this.state.version++;
        this.state.viewProps = markRaw({
            type: "form",
            resModel: record.resModel,
            resId: record.resId,
            context: { ...record.context, form_view_ref: view },
            display: { controlPanel: false },
            readonly: Boolean(readonly),
            preventCreate: true,
            preventEdit: true,
        });
    }

    async reloadLead() {
        const { record } = this.props;
        if (await record.isDirty()) {
            this.show();
        } else {
            await record.load();
        }
    }
}

registry.category("views").add("lead_form_part", { ...formView, Model: LeadFormPartModel });

registry.category("view_widgets").add("lead_form_part", {
    component: LeadFormPart,
    extractProps: ({ attrs }) => ({ view: attrs.view }),
});
