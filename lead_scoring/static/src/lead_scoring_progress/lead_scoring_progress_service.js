import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_service";
import { registry } from "@web/core/registry";

import { reactive } from "@odoo/owl";

export const POLL_DELAY = 5000; // ms; where no websocket reaches the browser, only this moves the bar

/**
 * How many leads wait to be scored again, kept up to date while a screen watches.
 *
 * The server says over the bus when a number has moved, never the number: each asks for those of
 * the leads he may see. A poll goes beside it, while leads wait and the tab is visible.
 * `total` is the most that have waited since none did, as far as this page has seen.
 */
export const leadScoringProgressService = {
    dependencies: ["orm", "bus_service"],

    start(env, { orm, bus_service: bus }) {
        const state = reactive({ stale: 0, total: 0 });
        let watchers = 0;
        let timer = null;
        let isAsking = false;
        let isOutdated = false;

        async function refresh() {
            isOutdated = true;
            if (isAsking || !watchers) {
                return;
            }
            browser.clearTimeout(timer);
            isAsking = true;
            try {
                while (isOutdated) {
                    isOutdated = false;
                    const stale = await orm.silent.call("lead.score.rule", "get_stale_count", []);
                    state.total = stale && Math.max(state.total, stale);
                    state.stale = stale;
                }
            } finally {
                isAsking = false;
                schedule();
            }
        }

        function schedule() {
            browser.clearTimeout(timer);
            if (watchers && state.stale && isVisible()) {
                timer = browser.setTimeout(refresh, POLL_DELAY);
            }
        }

        const isVisible = () => document.visibilityState === "visible";

        function onVisibilityChange() {
            if (isVisible()) {
                refresh();
            } else {
                schedule();
            }
        }

        function onRpcResponse({ detail: { data, error } }) {
            const { model, method } = data.params;
            if (!error && model === "lead.score.rule" && UPDATE_METHODS.includes(method)) {
                refresh();
            }
        }

        function watch() {
            watchers++;
            if (watchers === 1) {
                bus.subscribe("lead_scoring.progress", refresh);
                rpcBus.addEventListener("RPC:RESPONSE", onRpcResponse);
                document.addEventListener("visibilitychange", onVisibilityChange);
            }
            refresh();
        }

        function unwatch() {
            watchers--;
            if (!watchers) {
                bus.unsubscribe("lead_scoring.progress", refresh);
                rpcBus.removeEventListener("RPC:RESPONSE", onRpcResponse);
                document.removeEventListener("visibilitychange", onVisibilityChange);
                schedule();
            }
        }

        return { state, watch, unwatch };
    },
};

registry.category("services").add("lead_scoring_progress", leadScoringProgressService);
