import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onWillStart } from "@odoo/owl";

/** Says above the screens of cadences that e-mails are stopped or sent as a test. */
export class LeadSendingBanner extends Component {
    static template = "lead_followup.LeadSendingBanner";
    static props = {
        ...standardWidgetProps,
        readonly: { type: Boolean, optional: true },
        record: { type: Object, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.companies = [];
        onWillStart(async () => {
            this.companies = await this.orm.silent.call(
                "res.company",
                "get_lead_sending_state",
                []
            );
        });
    }

    format(count) {
        return formatInteger(count);
    }
}

export class LeadSendingListController extends ListController {
    static template = "lead_followup.LeadSendingListView";
    static components = { ...ListController.components, LeadSendingBanner };
}

export class LeadSendingKanbanController extends KanbanController {
    static template = "lead_followup.LeadSendingKanbanView";
    static components = { ...KanbanController.components, LeadSendingBanner };
}

registry.category("view_widgets").add("lead_sending_banner", { component: LeadSendingBanner });
registry.category("views").add("lead_sending_list", {
    ...listView,
    Controller: LeadSendingListController,
});
registry.category("views").add("lead_sending_kanban", {
    ...kanbanView,
    Controller: LeadSendingKanbanController,
});
