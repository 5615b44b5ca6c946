import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

const COLOR_BY_TEMPERATURE = { hot: "danger", warm: "warning", cold: "secondary" };

/** The lines that add up to a score, and what is still to be asked. */
export class LeadScorePopover extends Component {
    static template = "lead_scoring.LeadScorePopover";
    static props = {
        close: { type: Function, optional: true },
        total: Number,
        lines: { type: Array, element: { type: Object, shape: { label: String, points: Number } } },
        unknown: { type: Array, element: Object },
    };

    hint({ name, to_win }) {
        return _t("Ask for the %(qualifier)s: up to %(points)s", {
            qualifier: this.inSentence(name),
            points: `\u2066${this.signed(to_win)}\u2069`, // +15 also where one reads from the right
        });
    }

    /** "Timeframe" as "timeframe"; "ERP system" stays, as does every noun in German. */
    inSentence(name) {
        const [first, ...rest] = name;
        const hasMoreCapitals = rest.join("") !== rest.join("").toLocaleLowerCase(user.lang);
        if (hasMoreCapitals || user.lang.startsWith("de")) {
            return name;
        }
        return first.toLocaleLowerCase(user.lang) + rest.join("");
    }

    signed(points) {
        return points > 0 ? `+${points}` : `${points}`.replace("-", "−");
    }
}

/** The score with its temperature in words; a click opens the reasons. */
export class LeadScoreField extends Component {
    static template = "lead_scoring.LeadScoreField";
    static props = { ...standardFieldProps };

    setup() {
        this.popover = usePopover(LeadScorePopover, { position: "bottom-start" });
    }

    get total() {
        return this.props.record.data[this.props.name] || 0;
    }

    get temperature() {
        const { record } = this.props;
        const option = record.fields.temperature.selection.find(
            ([value]) => value === record.data.temperature
        );
        return option ? option[1] : "";
    }

    get color() {
        return COLOR_BY_TEMPERATURE[this.props.record.data.temperature] || "secondary";
    }

    onClick(ev) {
        const { score_breakdown, qualification_board } = this.props.record.data;
        this.popover.open(ev.currentTarget, {
            total: this.total,
            lines: score_breakdown || [],
            unknown: (qualification_board || []).filter((row) => row.to_win),
        });
    }
}

export const leadScoreField = {
    component: LeadScoreField,
    displayName: _t("Lead Score"),
    supportedTypes: ["integer"],
    fieldDependencies: [
        { name: "temperature", type: "selection" },
        { name: "score_breakdown", type: "json" },
        { name: "qualification_board", type: "json" },
    ],
};

registry.category("fields").add("lead_score", leadScoreField);
