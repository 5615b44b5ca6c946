import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

import { formatInteger, formatInterval, formatRate, formatTimes } from "../format";

const ICON_BY_VERDICT = {
    reversed: "fa-exchange text-danger",
    no_effect: "fa-minus text-warning",
    works: "fa-check text-success",
    more: "fa-arrow-up text-info",
    less: "fa-arrow-down text-info",
    too_little: "fa-question text-muted",
};
const VERDICTS = Object.keys(ICON_BY_VERDICT); // what to act on comes first
const WIDEST = 8; // times as often: where the scale of the lines ends at the latest
const NARROWEST = 2;

/** Each rule's and each answer's lift, with a verdict in words. */
export class EffectList extends Component {
    static template = "lead_scoring.EffectList";
    static props = {
        effects: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    rule_id: [Number, Boolean],
                    answer_id: [Number, Boolean],
                    name: String,
                    points: Number,
                    usual: Number,
                    in_use: Boolean,
                    all: Object, // who had it; of them, ``had`` are compared
                    had: Object,
                    had_not: Object,
                    lift: [Object, Boolean],
                    expected: Number,
                    verdict: String,
                },
            },
        },
        unmatched: { type: Array, element: String },
        minimum: Object,
    };

    setup() {
        this.formatInteger = formatInteger;
        this.formatRate = formatRate;
        this.formatTimes = formatTimes;
    }

    get rows() {
        return [...this.props.effects].sort(
            (one, other) =>
                VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict) ||
                other.all.leads - one.all.leads
        );
    }

    /** How many times as often the scale reaches, both ways; the same for all rows. */
    get reach() {
        const farthest = this.props.effects
            .filter((effect) => effect.lift)
            .flatMap(({ lift }) => [1 / lift.low, lift.high]);
        return Math.min(WIDEST, Math.max(NARROWEST, ...farthest));
    }

    /** Where a ratio lies on the scale, in % from its start; 1 lies in the middle. */
    getPlace(ratio) {
        const place = 50 + (50 * Math.log(ratio)) / Math.log(this.reach);
        return Math.min(100, Math.max(0, place));
    }

    getLineStyle({ low, high }) {
        const [start, end] = [this.getPlace(low), this.getPlace(high)];
        return `inset-inline-start: ${start}%; width: ${end - start}%`;
    }

    getDotStyle({ ratio }) {
        return `inset-inline-start: ${this.getPlace(ratio)}%`;
    }

    getKey(effect) {
        return effect.rule_id ? `rule_${effect.rule_id}` : `answer_${effect.answer_id}`;
    }

    getIcon(effect) {
        return ICON_BY_VERDICT[effect.verdict];
    }

    getVerdict(effect) {
        return {
            works: _t("Works"),
            no_effect: _t("No effect seen"),
            reversed: _t("The wrong way round"),
            too_little: _t("Too little data"),
            more: _t("Won more often"),
            less: _t("Won less often"),
        }[effect.verdict];
    }

    getPoints({ points }) {
        const whole = formatInteger(Math.round(Math.abs(points)));
        return points > 0 ? `+${whole}` : points < 0 ? `−${whole}` : whole;
    }

    /** An answer with points may still be a warning, where the others got more. */
    getUsual({ points, usual, expected }) {
        return points > 0 && expected < 0 ? _t("the others got %s", formatTimes(usual)) : "";
    }

    getTally({ leads, rate }) {
        return _t("%(rate)s of %(leads)s", {
            rate: formatRate(rate),
            leads: formatInteger(leads),
        });
    }

    getInterval({ lift }) {
        return formatInterval(lift, formatTimes);
    }

    /** All of a row in one sentence, where there is no room for columns. */
    getSentence(effect) {
        const numbers = {
            points: this.getPoints(effect),
            all: formatInteger(effect.all.leads),
            had: this.getTally(effect.had),
            had_not: this.getTally(effect.had_not),
        };
        if (!effect.lift) {
            return _t(
                "Points: %(points)s. Leads: %(all)s. Won with it: %(had)s. Without it: %(had_not)s.",
                numbers
            );
        }
        return _t(
            "Points: %(points)s. Leads: %(all)s. Won with it: %(had)s. Without it: %(had_not)s. Lift: %(lift)s (%(interval)s).",
            { ...numbers, lift: formatTimes(effect.lift.ratio), interval: this.getInterval(effect) }
        );
    }

    get unmatched() {
        return _t("In use, and no closed lead had it: %s.", this.props.unmatched.join(", "));
    }

    get notes() {
        const { side, outcome } = this.props.minimum;
        return [
            _t(
                "“Works” and “the wrong way round” are said where 1 lies outside of what the lift may be, 95 times in 100. By chance alone that happens to about one in twenty that have no effect."
            ),
            _t(
                "Too little data: fewer than %(side)s leads with it or without it, or fewer than %(outcome)s won or lost in all.",
                { side: formatInteger(side), outcome: formatInteger(outcome) }
            ),
            _t(
                "Compared are only leads whose other points would have qualified them either way; the rest are among the qualified because of these very points."
            ),
        ];
    }
}
