/**
 * What a scanned code says about its bearer: plain text in, words of a capture out.
 *
 * So that staff sees a name without a network: vCard (2.1, 3.0, 4.0), MeCard, BizCard, mailto: and
 * tel: links. The server gets the code too and reads the rest of it: addresses, web sites, badge
 * numbers.
 */

const KINDS = [
    [/^\s*BEGIN:VCARD/i, readVCard],
    [/^\s*MECARD:/i, readMeCard],
    [/^\s*BIZCARD:/i, readBizCard],
    [/^\s*mailto:/i, readMailto],
    [/^\s*tel:/i, (text) => ({ phone: text.trim().slice(4) })],
    [/^\s*[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+\s*$/, (text) => ({ email: text.trim() })],
    [/^\s*\+[\d\s().-]{7,20}$/, (text) => ({ phone: text.trim() })],
];

/**
 * @param {string} text raw text of a code
 * @returns {Object} name, company, job_title, email, phone, mobile, only those with a value; {}
 *  where the code names nobody
 */
export function readCode(text) {
    const kind = KINDS.find(([pattern]) => pattern.test(text));
    const words = kind ? kind[1](text) : {};
    return Object.fromEntries(
        Object.entries(words)
            .map(([word, value]) => [word, clean(value)])
            .filter(([, value]) => value)
    );
}

const CARD = /^\s*(BEGIN:VCARD|MECARD:|BIZCARD:|MATMSG:|SMTP:|SMS:|SMSTO:)/i;
const ADDRESS = /[^\s@]+@[^\s@]+\.[^\s@\d]{2,}/;

/** @returns {boolean} whether the code names somebody in a way that only the server may read */
export function isUnreadCard(text) {
    return !Object.keys(readCode(text)).length && (CARD.test(text) || ADDRESS.test(text));
}

/** @returns {boolean} whether the code holds a password or money: nothing that is ours to keep */
export function isPrivate(text) {
    return /^\s*(WIFI|otpauth|otpauth-migration|bitcoin|ethereum|lightning):/i.test(text);
}

function clean(value) {
    // control characters say nothing to people
    // eslint-disable-next-line no-control-regex
    return (value || "").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ").trim();
}

function readVCard(text) {
    const words = {};
    for (const { name, params, value } of vCardLines(text)) {
        const parts = splitEscaped(value, ";");
        if (name === "FN") {
            words.name = unescape(value);
        } else if (name === "N") {
            words.byParts = [parts[1], parts[2], parts[0]].filter(Boolean).join(" ");
        } else if (name === "ORG") {
            words.company ||= parts[0];
        } else if (name === "TITLE") {
            words.job_title ||= unescape(value);
        } else if (name === "EMAIL") {
            words.email ||= unescape(value);
        } else if (name === "TEL") {
            const number = unescape(value).replace(/^tel:/i, "");
            if (/FAX|PAGER/i.test(params)) {
                continue;
            }
            words[/CELL|MOBILE/i.test(params) ? "mobile" : "phone"] ||= number;
        }
    }
    const { byParts, ...rest } = words;
    return { ...rest, name: rest.name || byParts };
}

/** Give the lines of a vCard as {name, params, value}, unfolded and decoded. */
function vCardLines(text) {
    const isQuoted = /ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/i;
    const lines = [];
    for (const line of text.split(/\r\n|\r|\n/)) {
        const last = lines.at(-1);
        if (/^[ \t]/.test(line) && last !== undefined) {
            lines[lines.length - 1] = last + line.slice(1);
        } else if (last?.endsWith("=") && isQuoted.test(last.split(":")[0])) {
            lines[lines.length - 1] = last.slice(0, -1) + line;
        } else {
            lines.push(line);
        }
    }
    return lines.flatMap((line) => {
        const match = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;(?:"[^"]*"|[^:"])*)?):(.*)$/.exec(line);
        if (!match) {
            return [];
        }
        const [, name, params, value] = match;
        return [
            {
                name: name.toUpperCase(),
                params,
                value: isQuoted.test(params) ? readQuotedPrintable(value, params) : value,
            },
        ];
    });
}

function readQuotedPrintable(value, params) {
    const bytes = [];
    const encoder = new TextEncoder();
    for (const piece of value.match(/=[0-9A-Fa-f]{2}|[^]/gu) || []) {
        if (/^=[0-9A-Fa-f]{2}$/.test(piece)) {
            bytes.push(parseInt(piece.slice(1), 16));
        } else {
            bytes.push(...encoder.encode(piece));
        }
    }
    const charset = /CHARSET="?([\w-]+)/i.exec(params)?.[1] || "utf-8";
    try {
        return new TextDecoder(charset).decode(new Uint8Array(bytes));
    } catch {
        return new TextDecoder().decode(new Uint8Array(bytes)); // a charset nobody knows
    }
}

function readMeCard(text) {
    const fields = cardFields(text);
    const [last, first] = splitEscaped(fields.N || "", ",").map((part) => part.trim());
    return {
        name: [first, last].filter(Boolean).join(" "),
        company: unescape(fields.ORG),
        job_title: unescape(fields.TITLE),
        email: unescape(fields.EMAIL),
        phone: unescape(fields.TEL),
    };
}

function readBizCard(text) {
    const fields = cardFields(text);
    return {
        name: [fields.N, fields.X].filter(Boolean).map(unescape).join(" "),
        company: unescape(fields.C),
        job_title: unescape(fields.T),
        email: unescape(fields.E),
        phone: unescape(fields.B),
        mobile: unescape(fields.M),
    };
}

/** Give {name: raw value} of `KIND:A:…;B:…;;`; the first of a name counts. */
function cardFields(text) {
    const fields = {};
    const body = text.slice(text.indexOf(":") + 1);
    for (const field of body.match(/(?:\\[^]|[^;\\])+/g) || []) {
        const colon = field.indexOf(":");
        const name = field.slice(0, colon).trim().toUpperCase();
        if (colon > 0 && !(name in fields)) {
            fields[name] = field.slice(colon + 1);
        }
    }
    return fields;
}

function readMailto(text) {
    const address = text.trim().slice(7).split("?")[0];
    try {
        return { email: decodeURIComponent(address) };
    } catch {
        return { email: address };
    }
}

function splitEscaped(value, separator) {
    const parts = [""];
    for (const piece of value.match(/\\[^]|[^]/g) || []) {
        if (piece === separator) {
            parts.push("");
        } else {
            parts[parts.length - 1] += piece;
        }
    }
    return parts.map(unescape);
}

function unescape(value) {
    return (value || "").replace(/\\([^])/g, (_all, char) => (/n/i.test(char) ? "\n" : char));
}
