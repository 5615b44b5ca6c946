import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

const COLOR_BY_TEMPERATURE = { hot: "danger", warm: "warning", cold: "secondary" };

const WORD_LENGTH = 200; // a word, not a letter

/** “This is wrong”: too high or too low, with a word of one's own. */
export class LeadScoreMark extends Component {
    static template = "lead_scoring.LeadScoreMark";
    static props = { leadId: Number, onMarked: Function };

    setup() {
        this.orm = useService("orm");
        this.wordLength = WORD_LENGTH;
        this.state = useState({ isOpen: false, direction: "", word: "", busy: false, thanks: "" });
        const first = useRef(this.directions[0].value); // useAutofocus is for text alone
        useEffect(
            (el) => el?.focus(),
            () => [first.el]
        );
    }

    get directions() {
        return [
            { value: "too_high", label: _t("Too high") },
            { value: "too_low", label: _t("Too low") },
        ];
    }

    async onSubmit() {
        const { direction, word } = this.state;
        this.state.busy = true;
        try {
            const { params } = await this.orm.call("crm.lead", "action_mark_score_wrong", [
                [this.props.leadId],
                direction,
                word,
            ]);
            this.state.thanks = params.message;
        } finally {
            this.state.busy = false;
        }
        await this.props.onMarked();
    }
}

/** The lines that add up to a score, and what is still to be asked. */
export class LeadScorePopover extends Component {
    static template = "lead_scoring.LeadScorePopover";
    static components = { LeadScoreMark };
    static props = {
        close: { type: Function, optional: true },
        total: Number,
        lines: { type: Array, element: { type: Object, shape: { label: String, points: Number } } },
        unknown: { type: Array, element: Object },
        leadId: { type: Number, optional: true }, // none before the lead is saved
        onMarked: { type: Function, optional: true },
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
        this.orm = useService("orm");
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

    /** Show the mark in the lead's history; a lead being edited shows it once it is saved. */
    async showMark() {
        const { record } = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    async onClick({ currentTarget }) {
        const { record } = this.props;
        const names = ["score_breakdown", "qualification_board"];
        const [reasons] = record.resId
            ? await this.orm.read("crm.lead", [record.resId], names)
            : [{ score_breakdown: [], qualification_board: [] }];
        this.popover.open(currentTarget, {
            total: this.total,
            lines: reasons.score_breakdown,
            unknown: reasons.qualification_board.filter((row) => row.to_win),
            leadId: record.resId || undefined,
            onMarked: () => this.showMark(),
        });
    }
}

export const leadScoreField = {
    component: LeadScoreField,
    displayName: _t("Lead Score"),
    supportedTypes: ["integer"],
    fieldDependencies: [{ name: "temperature", type: "selection" }],
};

registry.category("fields").add("lead_score", leadScoreField);
