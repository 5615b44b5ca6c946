import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { localization } from "@web/core/l10n/localization";

import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";

import { formatInteger, formatInterval, formatRate } from "../format";

const WHISKER_WIDTH = 12; // pixels

/** Draw each bar's 95 % interval as a line with two ends, as a reader of statistics expects it. */
const intervals = {
    id: "intervals",
    afterDatasetsDraw(chart, _args, { bounds, color }) {
        const { ctx, scales } = chart;
        ctx.save();
        ctx.strokeStyle = color;
        ctx.lineWidth = 2;
        ctx.beginPath();
        chart.getDatasetMeta(0).data.forEach(({ x }, index) => {
            if (!bounds[index]) {
                return;
            }
            const [low, high] = bounds[index].map((bound) => scales.y.getPixelForValue(bound));
            ctx.moveTo(x, low);
            ctx.lineTo(x, high);
            for (const y of [low, high]) {
                ctx.moveTo(x - WHISKER_WIDTH / 2, y);
                ctx.lineTo(x + WHISKER_WIDTH / 2, y);
            }
        });
        ctx.stroke();
        ctx.restore();
    },
};

/** The win rate of each band of scores: drawn with its interval, and as a table. */
export class WinRateChart extends Component {
    static template = "lead_scoring.WinRateChart";
    static props = {
        bands: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    from: Number,
                    to: Number,
                    leads: Number,
                    won: Number,
                    rate: Number,
                    low: Number,
                    high: Number,
                    is_enough: Boolean,
                },
            },
        },
        minimum: Number, // leads below which a band is not drawn
    };

    setup() {
        this.canvasRef = useRef("canvas");
        this.formatInteger = formatInteger;
        this.formatRate = formatRate;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = new Chart(this.canvasRef.el, this.getConfig());
                return () => chart.destroy();
            },
            () => [this.props.bands]
        );
    }

    getLabel(band) {
        return `${formatInteger(band.from)}–${formatInteger(band.to)}`;
    }

    get tooFew() {
        return _t("fewer than %s leads", formatInteger(this.props.minimum));
    }

    getInterval(band) {
        return formatInterval(band, formatRate);
    }

    getConfig() {
        const scheme = cookie.get("color_scheme");
        const text = getCustomColor(scheme, "#111827", "#e4e4e4");
        const grid = getCustomColor(scheme, "rgba(0,0,0,.1)", "rgba(255,255,255,.15)");
        const { bands } = this.props;
        const isRtl = localization.direction === "rtl";
        return {
            type: "bar",
            data: {
                labels: bands.map((band) =>
                    band.is_enough ? this.getLabel(band) : [this.getLabel(band), _t("too few")]
                ),
                datasets: [
                    {
                        data: bands.map((band) => (band.is_enough ? band.rate : null)),
                        backgroundColor: getCustomColor(scheme, "#7eb6e8", "#31688f"),
                        maxBarThickness: 64,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: { display: false },
                    intervals: {
                        bounds: bands.map((band) => band.is_enough && [band.low, band.high]),
                        color: text,
                    },
                    tooltip: {
                        rtl: isRtl,
                        displayColors: false,
                        callbacks: {
                            label: ({ dataIndex }) => this.getTooltip(bands[dataIndex]),
                        },
                    },
                },
                scales: {
                    x: {
                        reverse: isRtl,
                        title: { display: true, text: _t("Score when qualified"), color: text },
                        ticks: { color: text },
                        grid: { display: false },
                    },
                    y: {
                        position: isRtl ? "right" : "left",
                        beginAtZero: true,
                        suggestedMax: Math.max(
                            ...bands.map((band) => (band.is_enough ? band.high : 0))
                        ),
                        title: { display: true, text: _t("Won"), color: text },
                        ticks: { color: text, callback: formatRate, maxTicksLimit: 8 },
                        grid: { color: grid },
                    },
                },
            },
            plugins: [intervals],
        };
    }

    getTooltip(band) {
        return [
            _t("%(won)s of %(leads)s won: %(rate)s", {
                won: formatInteger(band.won),
                leads: formatInteger(band.leads),
                rate: formatRate(band.rate),
            }),
            _t("95 times in 100 it is %s", this.getInterval(band)),
        ];
    }
}
