import { LoggedOut, NoAnswer, OtherUser, Refused } from "./booth_server";

const BATCH = 5; // captures a request
const BATCH_BYTES = 700_000; // or fewer, where they carry pictures: many a proxy takes 1 MB
const FIRST_PAUSE = 5; // seconds; doubled after each try without an answer
const LONGEST_PAUSE = 300;
const MOST_REFUSED = 10; // single captures in a row: then it is not they that are refused

/**
 * Sends what the phone keeps, oldest first, until nothing waits.
 *
 * A capture leaves the phone only after the server's answer for its key. Sending one twice is
 * harmless: the server knows the key. `onTaken(record, answer)` is called for each that the server
 * took. `state.status` is "idle", "sending", "offline", "login",
 * "other" (`state.words`: who) or "trouble" (`state.words`: what the server says).
 */
export class CaptureSender {
    constructor(store, server, onChange, onTaken = () => {}) {
        Object.assign(this, { store, server, onChange, onTaken });
        this.state = { status: "idle", words: "" };
        this.pause = FIRST_PAUSE;
    }

    start() {
        window.addEventListener("online", () => this.wake());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.wake();
            }
        });
        this.wake();
    }

    /** Try now; a try under way goes on and looks once more at its end. */
    wake() {
        this.pause = FIRST_PAUSE;
        return this._run();
    }

    async _run() {
        this.isAsked = true;
        if (this.isRunning) {
            return;
        }
        this.isRunning = true;
        clearTimeout(this.timer);
        try {
            while (this.isAsked) {
                this.isAsked = false;
                await this._alone(() => this._sendAll());
            }
        } finally {
            this.isRunning = false;
        }
    }

    /** Run `act` unless another tab is sending; that one will do it, or our timer. */
    async _alone(act) {
        if (!navigator.locks) {
            return act();
        }
        return navigator.locks.request("lead_booth_send", { ifAvailable: true }, (lock) =>
            lock ? act() : this._again()
        );
    }

    async _sendAll() {
        const tried = new Set();
        this.trouble = "";
        this.refused = 0;
        try {
            let batch;
            while (
                this.refused < MOST_REFUSED &&
                (batch = await this._nextBatch(tried)).length
            ) {
                this._show("sending");
                batch.forEach((entry) => tried.add(entry.key));
                await this._send(batch);
                this.pause = FIRST_PAUSE;
            }
            const { mine } = await this.store.list();
            if (mine.some((entry) => entry.state === "waiting")) {
                this._show("trouble", this.trouble);
                this._again();
            } else {
                this._show("idle");
            }
        } catch (error) {
            this._fail(error);
        }
    }

    /** Give the next entries of one show that were not tried in this run, vain ones at the end. */
    async _nextBatch(tried) {
        const { mine } = await this.store.list();
        const waiting = mine.filter((entry) => entry.state === "waiting" && !tried.has(entry.key));
        waiting.sort((a, b) => a.tries - b.tries);
        const batch = [];
        let bytes = 0;
        for (const entry of waiting) {
            const size = JSON.stringify(entry.record).length + entry.photoChars;
            const isFull = batch.length >= BATCH || bytes + size > BATCH_BYTES;
            if (entry.showId !== waiting[0].showId || (batch.length && isFull)) {
                break;
            }
            batch.push(entry);
            bytes += size;
        }
        return batch;
    }

    async _send(batch) {
        const records = await this.store.take(batch.map((entry) => entry.key));
        if (!records.length) {
            return; // corrected or deleted at this moment
        }
        let answers;
        try {
            answers = await this.server.capture(batch[0].showId, records);
        } catch (error) {
            if (!(error instanceof Refused)) {
                throw error;
            }
            await this._refused(batch, error);
            return;
        }
        this.refused = 0;
        const recordByKey = Object.fromEntries(records.map((record) => [record.key, record]));
        const ours = answers.filter((answer) => answer.key in recordByKey);
        const taken = ours.filter((answer) => answer.verdict !== "rejected");
        await this.store.remove(taken.map((answer) => answer.key));
        taken.forEach((answer) => this.onTaken(recordByKey[answer.key], answer));
        for (const { key, reason } of ours.filter((answer) => answer.verdict === "rejected")) {
            await this.store.update([key], () => ({ state: "rejected", reason }));
        }
    }

    /** The server refused the whole request: find out by single ones whom it means. */
    async _refused(batch, error) {
        if (!error.isFinal) {
            this.trouble ||= error.message;
        }
        if (batch.length > 1) {
            for (const entry of batch) {
                if (this.refused < MOST_REFUSED) {
                    await this._send([entry]);
                }
            }
            return;
        }
        this.refused += 1;
        if (error.isFinal) {
            await this.store.update([batch[0].key], () => ({
                state: "rejected",
                reason: error.message,
            }));
        }
    }

    _fail(error) {
        if (error instanceof LoggedOut) {
            this._show("login");
        } else if (error instanceof OtherUser) {
            this._show("other", error.message);
        } else if (error instanceof NoAnswer) {
            this._show("offline");
        } else {
            this._show("trouble", error.message);
        }
        this._again();
    }

    _again() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
            this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
            this._run();
        }, this.pause * 1000);
    }

    _show(status, words = "") {
        this.state = { status, words };
        this.onChange(this.state);
    }
}
