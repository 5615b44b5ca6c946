/** What a capture is made of: its blank form, its checks, and the way it is sent. */

import { isUnreadCard, readCode } from "./code_reader";

const WORDS = [
    "name",
    "company",
    "job_title",
    "email",
    "phone",
    "mobile",
    "note",
    "booth_rating",
    "email_consent",
    "visitor_kind",
    "referred_by",
    "code",
    "photo",
    "captured_at",
];
/** @returns {Object} an empty form; `answers` is {qualifier code: answer code} */
export function blankForm() {
    return {
        ...Object.fromEntries(WORDS.map((word) => [word, ""])),
        answers: {},
        interest_ids: [],
        isScanned: false,
        replaces: "", // the key of the capture that this form corrects
    };
}

/** @returns {boolean} whether anything was written into the form */
export function isBlank(form) {
    return (
        !WORDS.some((word) => word !== "captured_at" && form[word]) &&
        !Object.keys(form.answers).length &&
        !form.interest_ids.length
    );
}

/**
 * Say whether it is enough for a lead: a way to reach somebody, or a name at a company. A code may
 * hold it; of a card that the phone can't read, the server may read more. A badge's number or a
 * link alone reaches nobody.
 */
export function isReachable(form) {
    const read = readCode(form.code);
    const has = (word) => form[word].trim() || read[word];
    return Boolean(
        has("email") ||
            has("phone") ||
            has("mobile") ||
            (has("name") && has("company")) ||
            isUnreadCard(form.code)
    );
}

/** @returns {boolean} whether the e-mail, where there is one, looks like one */
export function isEmailLikely(email) {
    return !email.trim() || /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim());
}

/** @returns {Object} the record as the server takes it, still without a key: what has a value */
export function toRecord(form) {
    const record = {};
    for (const word of WORDS) {
        const value = form[word].trim();
        if (value) {
            record[word] = value;
        }
    }
    if (Object.keys(form.answers).length) {
        record.answers = { ...form.answers };
    }
    if (form.interest_ids.length) {
        record.interest_ids = [...form.interest_ids];
    }
    return record;
}

/** @returns {Object} the form that shows a kept record again */
export function toForm(record) {
    const { key, answers, interest_ids, ...words } = record;
    return {
        ...blankForm(),
        ...words,
        answers: { ...answers },
        interest_ids: [...(interest_ids || [])],
        replaces: key,
    };
}

/** @returns {string} a moment as the server writes it, UTC */
export function serverMoment(date) {
    return date.toISOString().slice(0, 19).replace("T", " ");
}

/** @returns {string} a number in the digits of the page's language, as its times are written */
export function localNumber(number) {
    return number.toLocaleString(document.documentElement.lang || undefined);
}

/** @returns {string} a new UUID; plain http has no crypto.randomUUID */
export function newKey() {
    if (crypto.randomUUID) {
        return crypto.randomUUID();
    }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
