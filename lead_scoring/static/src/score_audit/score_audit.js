import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

import { EffectList } from "./effect_list/effect_list";
import { formatInteger, formatInterval, formatRate, formatTimes } from "./format";
import { MarkList } from "./mark_list/mark_list";
import { WinRateChart } from "./win_rate_chart/win_rate_chart";

/** What the score was worth: closed leads by the score they had when they became qualified. */
export class ScoreAudit extends Component {
    static template = "lead_scoring.ScoreAudit";
    static components = { EffectList, Layout, MarkList, WinRateChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ period: "12", teamId: false, ...this.props.state, audit: null });
        useSetupAction({
            getLocalState: () => ({ period: this.state.period, teamId: this.state.teamId }),
        });
        onWillStart(() => this.load());
    }

    get periods() {
        return [
            { value: "3", label: _t("Last 3 months") },
            { value: "12", label: _t("Last 12 months") },
            { value: "all", label: _t("All the time") },
        ];
    }

    get audit() {
        return this.state.audit;
    }

    get isEnough() {
        const { minimum, qualified } = this.audit;
        return (
            qualified.leads >= 2 * minimum.side &&
            Math.min(qualified.won, qualified.leads - qualified.won) >= minimum.outcome
        );
    }

    get tooLittle() {
        const { minimum, qualified } = this.audit;
        return _t(
            "Qualified leads closed in this time: %(leads)s, of them %(won)s won. At least %(needed)s are needed, of them at least %(outcome)s won and %(outcome)s lost, before numbers mean anything.",
            {
                leads: formatInteger(qualified.leads),
                won: formatInteger(qualified.won),
                needed: formatInteger(2 * minimum.side),
                outcome: formatInteger(minimum.outcome),
            }
        );
    }

    get explanation() {
        return this.audit.since
            ? _t(
                  "Leads closed since %s, archived ones too, by the score they had when they became qualified.",
                  formatDate(deserializeDate(this.audit.since))
              )
            : _t(
                  "All closed leads, archived ones too, by the score they had when they became qualified."
              );
    }

    get tiles() {
        return this.isEnough
            ? [this.hotTile, this.qualifiedTile, this.unqualifiedTile]
            : [this.unqualifiedTile];
    }

    get qualifiedTile() {
        const { qualified } = this.audit;
        return {
            id: "qualified",
            title: _t("All qualified leads"),
            figure: _t("%s won", formatRate(qualified.rate)),
            text: _t("%(won)s of the %(leads)s that were closed.", {
                won: formatInteger(qualified.won),
                leads: formatInteger(qualified.leads),
            }),
        };
    }

    get unqualifiedTile() {
        const { unqualified } = this.audit;
        return {
            id: "unqualified",
            title: _t("Closed without having been qualified"),
            figure: formatInteger(unqualified.leads),
            text: unqualified.leads
                ? _t("%(won)s of them won: %(rate)s. They had no score to judge: not counted here.", {
                      won: formatInteger(unqualified.won),
                      rate: formatRate(unqualified.rate),
                  })
                : _t("Every closed lead had a score to judge."),
        };
    }

    get hotTile() {
        const { hot } = this.audit;
        const title = hot.threshold
            ? _t("Hot leads: score from %s", formatInteger(hot.threshold))
            : _t("Hot leads, by each company’s own threshold");
        const count = _t("%(won)s of %(leads)s.", {
            won: formatInteger(hot.won),
            leads: formatInteger(hot.leads),
        });
        return {
            id: "hot",
            title,
            figure: hot.leads ? _t("%s won", formatRate(hot.rate)) : "–",
            text: `${count} ${this.hotLift}`,
        };
    }

    get hotLift() {
        const { hot, minimum } = this.audit;
        if (!hot.lift) {
            return _t(
                "Too little data to compare: %s hot and as many other leads are needed.",
                formatInteger(minimum.side)
            );
        }
        const numbers = {
            times: formatTimes(hot.lift.ratio),
            interval: formatInterval(hot.lift, formatTimes),
        };
        return hot.verdict === "no_effect"
            ? _t(
                  "That is %(times)s times as often as all qualified leads, and may be chance (with 95 percent confidence %(interval)s times).",
                  numbers
              )
            : _t(
                  "That is %(times)s times as often as all qualified leads (with 95 percent confidence %(interval)s times).",
                  numbers
              );
    }

    async load() {
        const { period, teamId } = this.state;
        this.state.audit = await this.keepLast.add(
            this.orm.call("lead.score.audit", "get_audit", [period, teamId])
        );
    }

    onPeriod(ev) {
        this.state.period = ev.target.value;
        return this.load();
    }

    onTeam(ev) {
        this.state.teamId = Number(ev.target.value) || false;
        return this.load();
    }
}

registry.category("actions").add("lead_score_audit", ScoreAudit);
