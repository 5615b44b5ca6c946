import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";

import { explainSmallSample } from "./lead_funnel_common";

const LEAST_WIDTH_PCT = 0.5; // a stage with a lead or two is still seen

const formatRateOnly = (rate) => `${formatFloat(rate, { digits: [16, 1] })}%`;

/** The stages of the funnel as bars, widest first; each number opens its leads. */
export class LeadFunnelChart extends Component {
    static template = "lead_nurture.LeadFunnelChart";
    static props = {
        domain: Array,
        context: { type: Object, optional: true },
        onOpen: Function, // (domain, measure, newWindow)
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ funnel: null });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => {
            if (JSON.stringify(props.domain) !== JSON.stringify(this.props.domain)) {
                return this.load(props);
            }
        });
    }

    async load({ domain, context }) {
        this.state.funnel = await this.orm.call("lead.funnel.report", "get_funnel", [domain], {
            context: context || {},
        });
    }

    get stages() {
        const { stages, small } = this.state.funnel;
        const widest = Math.max(...stages.map((stage) => stage.count), 1);
        return stages.map((stage, index) => ({
            ...stage,
            text: formatInteger(stage.count),
            rateText: this.formatRate(stage, stages[index - 1]),
            rateOnly: stage.rate === false ? "–" : formatRateOnly(stage.rate),
            rateHelp: stage.rate === false ? "" : explainSmallSample(stage.base, small),
            style: `width: ${stage.count ? Math.max((100 * stage.count) / widest, LEAST_WIDTH_PCT) : 0}%`,
        }));
    }

    formatRate({ rate_measure, rate }, before) {
        if (!rate_measure || rate === false) {
            return rate_measure ? "–" : "";
        }
        return _t("%(rate)s of %(stage)s", {
            rate: formatRateOnly(rate),
            stage: before.label,
        });
    }

    get uncostedText() {
        const { uncosted } = this.state.funnel;
        return uncosted && _t("%s leads have no cost yet", formatInteger(uncosted));
    }

    open(measure, newWindow) {
        this.props.onOpen(this.props.domain, measure, newWindow);
    }
}
