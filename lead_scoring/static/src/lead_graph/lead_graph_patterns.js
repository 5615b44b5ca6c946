const TILE = 8; // pixels
const INK = "rgba(255, 255, 255, 0.6)"; // seen on the light and the dark colours of charts

/** What is drawn over the colour of a tile, in turn; the first stays plain. */
const STROKES = [
    () => {},
    (ctx) => lines(ctx, [0, TILE, TILE, 0], [-1, 1, 1, -1], [TILE - 1, TILE + 1, TILE + 1, TILE - 1]),
    (ctx) => ctx.fillRect(2, 2, 3, 3),
    (ctx) => lines(ctx, [0, TILE / 2, TILE, TILE / 2]),
    (ctx) => lines(ctx, [0, 0, TILE, TILE], [-1, TILE - 1, 1, TILE + 1], [TILE - 1, -1, TILE + 1, 1]),
    (ctx) => lines(ctx, [TILE / 2, 0, TILE / 2, TILE]),
    (ctx) => lines(ctx, [0, TILE / 2, TILE, TILE / 2], [TILE / 2, 0, TILE / 2, TILE]),
];

export const DASHES = [[], [8, 4], [2, 3], [12, 4, 2, 4]];
export const POINTS = ["circle", "triangle", "rect", "rectRot", "crossRot", "star"];

function lines(ctx, ...ends) {
    ctx.beginPath();
    for (const [x1, y1, x2, y2] of ends) {
        ctx.moveTo(x1, y1);
        ctx.lineTo(x2, y2);
    }
    ctx.stroke();
}

/** The item of `list` at `index`, from its beginning again after the last. */
export function cycle(list, index) {
    return list[index % list.length];
}

/**
 * A fill of `color` that is told from its neighbours without the colour too.
 * @returns {CanvasPattern|string} the colour itself where it needs no stroke
 */
export function patternOf(color, index) {
    if (index % STROKES.length === 0) {
        return color;
    }
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = TILE;
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = color;
    ctx.fillRect(0, 0, TILE, TILE);
    ctx.fillStyle = ctx.strokeStyle = INK;
    ctx.lineWidth = 2;
    cycle(STROKES, index)(ctx);
    return ctx.createPattern(canvas, "repeat");
}
