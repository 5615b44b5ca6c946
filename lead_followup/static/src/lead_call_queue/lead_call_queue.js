import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";

import { LeadCallOutcomes, OUTCOMES } from "../lead_call_outcomes/lead_call_outcomes";

const REFRESH_MINUTES = 5; // who becomes callable meanwhile comes in by itself

/** One card after the other: whom to call now, best first, operated by keys alone if wanted. */
export class LeadCallQueue extends Component {
    static template = "lead_followup.LeadCallQueue";
    static components = { Layout, LeadCallOutcomes };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.outcomes = useRef("outcomes");
        this.skippedIds = new Set();
        this.state = useState({ userId: false, users: [], now: [], later: [], blocked: [] });
        onWillStart(() => this.load());
        const timer = setInterval(() => this.refresh(), REFRESH_MINUTES * 60000);
        onWillUnmount(() => clearInterval(timer));
        OUTCOMES.forEach((outcome, index) => {
            useHotkey(`${index + 1}`, () => this.press(outcome.value));
        });
        useHotkey("n", () => this.next());
    }

    get display() {
        return { controlPanel: {} };
    }

    get card() {
        return this.state.now[0];
    }

    get waitingLabel() {
        return _t("%s more to call now", this.state.now.length - 1);
    }

    async load() {
        const queue = await this.orm.call("crm.lead", "get_call_queue", [], {
            user_id: this.state.userId,
            skipped_ids: [...this.skippedIds],
        });
        Object.assign(this.state, {
            userId: queue.user_id,
            users: queue.users,
            now: queue.now,
            later: queue.later,
            blocked: queue.blocked,
        });
    }

    /** Look for newcomers, without taking away the card that somebody is on the phone with. */
    async refresh() {
        const current = this.card;
        await this.load();
        const index = this.state.now.findIndex((card) => card.lead_id === current?.lead_id);
        if (index > 0) {
            this.state.now.unshift(...this.state.now.splice(index, 1));
        }
    }

    async chooseUser(ev) {
        this.state.userId = Number(ev.target.value);
        this.skippedIds.clear();
        await this.load();
    }

    press(outcome) {
        this.outcomes.el?.querySelector(`[data-outcome=${outcome}]`)?.click();
    }

    async next() {
        if (!this.card) {
            return;
        }
        if (this.state.now.every((card) => this.skippedIds.has(card.lead_id))) {
            this.skippedIds.clear();
        }
        this.skippedIds.add(this.card.lead_id);
        this.state.now.push(this.state.now.shift());
    }

    openLead(leadId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: leadId,
            views: [[false, "form"]],
        });
    }

    signed(points) {
        return points > 0 ? `+${points}` : `${points}`.replace("-", "−");
    }

    theirTime(card) {
        return luxon.DateTime.now().setZone(card.tz).toFormat(this.timeFormat);
    }

    ourTime(text) {
        return deserializeDateTime(text).toFormat(this.timeFormat);
    }

    moment(text) {
        return toLocaleDateTimeString(deserializeDateTime(text));
    }

    get timeFormat() {
        return localization.timeFormat.replace(/:ss/, "");
    }
}

registry.category("actions").add("lead_followup.call_queue", LeadCallQueue);
