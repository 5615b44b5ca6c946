import { _t } from "@web/core/l10n/translation";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";

import { Component } from "@odoo/owl";

import { formatInteger } from "../format";

/** What the salespeople say of the score: how many leads, by which reasons, in which words. */
export class MarkList extends Component {
    static template = "lead_scoring.MarkList";
    static props = {
        marks: {
            type: Object,
            shape: {
                too_high: Number,
                too_low: Number,
                reasons: { type: Array, element: Object },
                words: { type: Array, element: Object },
            },
        },
    };

    setup() {
        this.action = useService("action");
        this.formatInteger = formatInteger;
    }

    get isEmpty() {
        const { too_high, too_low } = this.props.marks;
        return !too_high && !too_low;
    }

    get summary() {
        const { too_high, too_low } = this.props.marks;
        return _t("Leads marked as too high: %(too_high)s. As too low: %(too_low)s.", {
            too_high: formatInteger(too_high),
            too_low: formatInteger(too_low),
        });
    }

    getDirection(word) {
        return word.kind === "score_too_high" ? _t("Too high") : _t("Too low");
    }

    getIcon(word) {
        return word.kind === "score_too_high" ? "fa-arrow-down" : "fa-arrow-up";
    }

    getDay(word) {
        return formatDate(deserializeDateTime(word.at));
    }

    openLead(word) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: word.lead_id,
            views: [[false, "form"]],
        });
    }
}
