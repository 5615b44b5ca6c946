import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, markup, onWillStart, useState } from "@odoo/owl";

/** What shows brought, one page each, as it is printed; each number opens its leads. */
export class ShowScorecard extends Component {
    static template = "lead_nurture.ShowScorecard";
    static displayName = _t("Scorecard");
    static path = "show-scorecard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.state = useState({ html: "" });
        this.props.updateActionState?.({ show_ids: this.showIds.join(",") });
        onWillStart(async () => {
            // the page is made by our own template, which escapes what people wrote
            this.state.html = markup(await this.call("get_scorecard_html"));
        });
    }

    /** As the button gives them, or as the address keeps them. */
    get showIds() {
        const { params, context } = this.props.action;
        const ids = params?.show_ids ?? context.active_ids ?? [];
        return Array.isArray(ids) ? ids : String(ids).split(",").map(Number);
    }

    call(method) {
        return this.orm.call("lead.trade.show", method, [this.showIds]);
    }

    async print() {
        return this.actionService.doAction(await this.call("action_print_scorecard"));
    }

    async onClick(ev) {
        const figure = ev.target.closest("[data-figure]")?.dataset.figure;
        if (figure) {
            const action = await this.orm.call("lead.trade.show", "action_open_figure", [figure]);
            return this.actionService.doAction(action, { viewType: "list" });
        }
        const showId = ev.target.closest("[data-show]")?.dataset.show;
        if (showId) {
            return this.actionService.doAction({
                type: "ir.actions.act_window",
                res_model: "lead.trade.show",
                res_id: Number(showId),
                views: [[false, "form"]],
            });
        }
    }
}

registry.category("actions").add("lead_nurture.show_scorecard", ShowScorecard);
