import { _t } from "@web/core/l10n/translation";

export const SMALL_SAMPLE_MARK = "⚠";

/** What to say of a rate over fewer leads than `small`; nothing of one over enough. */
export function explainSmallSample(base, small) {
    if (!base || base >= small) {
        return "";
    }
    return _t("Only %(base)s leads stand behind this: below %(small)s, read it with care.", {
        base,
        small,
    });
}

/** Open the leads behind a number of the report. */
export async function openLeads({ orm, actionService, domain, measure, newWindow }) {
    const action = await orm.call("lead.funnel.report", "action_open_leads", [domain, measure]);
    return actionService.doAction(action, { newWindow, viewType: "list" });
}
