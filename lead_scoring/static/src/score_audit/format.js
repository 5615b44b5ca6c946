import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger, formatPercentage } from "@web/views/fields/formatters";

export { formatInteger };

/** 0.4567 as "46%". */
export function formatRate(rate) {
    return formatPercentage(rate, { digits: [16, 0] });
}

/** 1.864 as "1.86": of two decimals, or a bound of 1.02 would look like one of 1. */
export function formatTimes(ratio) {
    return formatFloat(ratio, { digits: [16, 2] });
}

/** "1.61 to 2.30" */
export function formatInterval({ low, high }, format) {
    return _t("%(low)s to %(high)s", { low: format(low), high: format(high) });
}
