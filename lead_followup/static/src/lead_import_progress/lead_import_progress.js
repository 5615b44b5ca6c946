import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";

const POLL_MS = 15000; // only while the bus may be down: it tells each chunk by itself
const RUNNING = ["queued", "running"];
const FORESEEING = ["asked", "running"];

/** How far an import is, as the server tells it chunk by chunk; no reload, no press of a key. */
export class LeadImportProgress extends Component {
    static template = "lead_followup.LeadImportProgress";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.busService = useService("bus_service");
        this.state = useState({ progress: null });
        this.onProgress = this.onProgress.bind(this);
        this.busService.subscribe("lead_import.progress", this.onProgress);
        onWillUnmount(() =>
            this.busService.unsubscribe("lead_import.progress", this.onProgress)
        );
        useEffect(
            (resId) => {
                this.state.progress = null;
                if (!resId) {
                    return;
                }
                const channel = `lead.import_${resId}`;
                this.busService.addChannel(channel);
                return () => this.busService.deleteChannel(channel);
            },
            () => [this.props.record.resId]
        );
        useEffect(
            (isWatching) => {
                if (!isWatching) {
                    return;
                }
                this.poll(); // what happened before this screen listened
                const timer = browser.setInterval(() => this.poll(), POLL_MS);
                return () => browser.clearInterval(timer);
            },
            () => [this.isWatching]
        );
        useEffect(
            (state) => {
                if (this.state.progress && this.state.progress.state !== state) {
                    this.state.progress = null; // what was loaded just now is newer
                }
            },
            () => [this.data.state]
        );
        useBus(this.busService, "BUS:RECONNECT", () => this.isWatching && this.poll());
    }

    get data() {
        return this.props.record.data;
    }

    get isWatching() {
        const { state, forecast_state, preview_state } = this.data;
        const isForeseeing = state === "previewed" && FORESEEING.includes(forecast_state);
        return (
            Boolean(this.props.record.resId) &&
            (RUNNING.includes(state) || isForeseeing || Boolean(preview_state))
        );
    }

    get previewState() {
        return (this.state.progress || this.data).preview_state;
    }

    get runState() {
        return this.state.progress ? this.state.progress.state : this.data.state;
    }

    get isShown() {
        return Boolean(this.previewState) || [...RUNNING, "paused"].includes(this.runState);
    }

    get judged() {
        return this.previewState && this.state.progress?.judged;
    }

    get done() {
        if (this.previewState) {
            return this.judged?.done || 0;
        }
        return this.state.progress ? this.state.progress.done : this.data.done_count || 0;
    }

    get total() {
        if (this.previewState) {
            return this.judged?.total || 0;
        }
        return this.state.progress ? this.state.progress.total : this.data.row_count || 0;
    }

    get percent() {
        if (this.previewState && !this.judged) {
            return 100; // a moving bar: how many rows there are is not known yet
        }
        return this.total ? Math.min(100, Math.round((100 * this.done) / this.total)) : 0;
    }

    get label() {
        if (this.previewState) {
            return this.judged
                ? _t("The file is read and judged in the background: %(done)s of %(total)s rows.", {
                      done: formatInteger(this.done),
                      total: formatInteger(this.total),
                  })
                : _t("The file is read and judged in the background; you may leave this screen.");
        }
        if (this.runState === "queued") {
            return _t("Waiting for its turn in the background; you may leave this screen.");
        }
        const figures = { done: formatInteger(this.done), total: formatInteger(this.total) };
        if (this.runState === "paused") {
            return _t("Paused after %(done)s of %(total)s.", figures);
        }
        switch (this.state.progress?.phase || this.data.phase) {
            case "offer":
                return _t("Qualified leads are offered to salespeople.");
            case "enroll":
                return _t("First contacts are planned: %(done)s of %(total)s leads.", figures);
            default:
                return _t("Rows are written: %(done)s of %(total)s.", figures);
        }
    }

    async poll() {
        if (document.visibilityState !== "visible") {
            return;
        }
        const { resId } = this.props.record;
        this.onProgress(await this.orm.silent.call("lead.import", "get_progress", [[resId]]));
    }

    async onProgress(progress) {
        const { record } = this.props;
        if (progress.id !== record.resId) {
            return;
        }
        this.state.progress = progress;
        const isNews =
            progress.state !== this.data.state ||
            progress.preview_state !== this.data.preview_state ||
            progress.forecast_state !== this.data.forecast_state;
        if (isNews && !(await record.isDirty())) {
            await record.load();
        }
    }
}

export const leadImportProgress = {
    component: LeadImportProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "phase", type: "selection" },
        { name: "forecast_state", type: "selection" },
        { name: "preview_state", type: "selection" },
        { name: "row_count", type: "integer" },
        { name: "done_count", type: "integer" },
    ],
};

registry.category("view_widgets").add("lead_import_progress", leadImportProgress);
