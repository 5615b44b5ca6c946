/**
 * The captures that this phone still keeps, in IndexedDB.
 *
 * An entry is {key, database, userId, userName, showId, savedAt, tries, state, reason, record}:
 * state is "waiting", "editing" (not sent until its correction is saved or given up), "unfinished"
 * (not sent, too little in it) or "rejected" by the server, `reason` says why in words, `record` is what the server gets, but for its photo: that is kept apart
 * (`photoChars` long), so that looking through hundreds stays light.
 * Several users and databases may share one phone: each sees and sends only its own.
 */

import { newKey } from "./booth_words";

const NAME = "lead_booth";
const VERSION = 1;
const CLOSED = ["InvalidStateError", "UnknownError"]; // the second is what an iPhone says

/** The phone refused to keep something; `isFull` where it has no room left. */
export class StoreError extends Error {
    constructor(cause) {
        super(cause?.message || "IndexedDB");
        this.cause = cause;
        this.isFull = cause?.name === "QuotaExceededError";
    }
}

export class CaptureStore {
    /** @param {{database: string, userId: number}} owner whose captures are read and written */
    constructor(owner) {
        this.owner = owner;
        this.listeners = new Set();
        if ("BroadcastChannel" in window) {
            this.channel = new BroadcastChannel(NAME);
            this.channel.onmessage = () => this._tell();
        }
    }

    async open() {
        const db = await new Promise((resolve, reject) => {
            let request;
            try {
                request = indexedDB.open(NAME, VERSION);
            } catch (error) {
                reject(new StoreError(error));
                return;
            }
            request.onupgradeneeded = () => {
                request.result.createObjectStore("captures", { keyPath: "key" });
                request.result.createObjectStore("photos", { keyPath: "key" });
                request.result.createObjectStore("meta", { keyPath: "id" });
            };
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(new StoreError(request.error));
            request.onblocked = () => reject(new StoreError(request.error));
        });
        db.onversionchange = () => db.close();
        this.db = db;
    }

    /** Call back whenever what is kept may have changed, in this tab or another. */
    onChange(callback) {
        this.listeners.add(callback);
        return () => this.listeners.delete(callback);
    }

    /** @returns {Promise<{mine: Object[], others: Object[]}>} oldest first */
    async list() {
        const entries = await this._run(["captures"], "readonly", (captures) => captures.getAll());
        entries.sort((a, b) => (a.savedAt < b.savedAt ? -1 : 1));
        return {
            mine: entries.filter((entry) => this._isMine(entry)),
            others: entries.filter((entry) => !this._isMine(entry)),
        };
    }

    /**
     * Keep a capture, and in the same transaction forget the one it corrects and the draft.
     *
     * A correction of what was never sent takes its place and key. Else the server may have it: the
     * correction gets a key of its own, and its record says in `replaces` which one it corrects.
     *
     * @param {Object} capture
     * @param {Object} capture.record what the server gets, without a key
     * @param {string} capture.replaces key of the capture that it corrects, "" for none
     * @param {string} capture.reason what is missing, in words; "" where it can be sent
     * @returns {Promise<{count: number, key: string}>} how many were saved by this user at this show
     *     on this day, and the key under which this one is kept
     */
    async save({ showId, userName, record, replaces, reason }) {
        const savedAt = new Date();
        const { photo, ...words } = record;
        const prepare = (old) => {
            const isUnsent = old && !old.tries;
            const key = isUnsent ? old.key : newKey();
            // of a correction that may never have arrived, those before it are named, too
            const earlier = [old?.record.replaces || []].flat();
            const corrections = earlier.length ? [replaces, ...earlier] : replaces;
            const corrected = isUnsent ? old.record.replaces : corrections;
            return {
                ...this.owner,
                key,
                // the show of a refused one may be what was refused
                showId: old && old.state !== "rejected" ? old.showId : showId,
                userName,
                record: { ...words, key, ...(corrected && { replaces: corrected }) },
                photoChars: photo?.length || 0,
                savedAt: savedAt.toISOString(),
                tries: 0,
                state: reason ? "unfinished" : "waiting",
                reason,
            };
        };
        const countId = this._countId(showId, savedAt);
        let count = 0;
        let key = "";
        let failure; // thrown in a callback, where an abort would not tell why
        const names = ["captures", "photos", "meta"];
        const saving = this._run(names, "readwrite", (captures, photos, meta) => {
            const reading = captures.get(replaces);
            reading.onsuccess = () => {
                try {
                    const entry = prepare(reading.result);
                    key = entry.key;
                    captures.delete(replaces);
                    photos.delete(replaces);
                    captures.put(entry);
                    if (photo) {
                        photos.put({ key: entry.key, photo });
                    }
                } catch (error) {
                    failure = error;
                    reading.transaction.abort();
                }
            };
            meta.delete(this._id("draft", showId));
            const request = meta.get(countId);
            request.onsuccess = () => {
                count = (request.result?.value || 0) + (replaces ? 0 : 1);
                meta.put({ id: countId, value: count });
            };
        });
        await saving.catch((error) => {
            throw failure ? new StoreError(failure) : error;
        });
        this._tellAll();
        return { count, key };
    }

    /**
     * Take what is sent now: of these keys those that still wait, each counted as tried. Read and
     * counted at once, so that whoever corrects one knows whether the server may have it.
     *
     * @returns {Promise<Object[]>} their records, with their photos
     */
    async take(keys) {
        const records = [];
        await this._run(["captures", "photos"], "readwrite", (captures, photos) => {
            records.length = 0;
            for (const key of keys) {
                const request = captures.get(key);
                request.onsuccess = () => {
                    const entry = request.result;
                    if (entry?.state !== "waiting") {
                        return;
                    }
                    captures.put({ ...entry, tries: entry.tries + 1 });
                    const record = { ...entry.record };
                    records.push(record);
                    if (entry.photoChars) {
                        const reading = photos.get(key);
                        reading.onsuccess = () => {
                            record.photo = reading.result?.photo || "";
                        };
                    }
                };
            }
        });
        this._tellAll();
        return records;
    }

    /** Hold a capture back from being sent while it is corrected. */
    async hold(key) {
        await this.update([key], ({ state }) => ({ state: state === "waiting" ? "editing" : state }));
    }

    /** Let all that is held wait again, but for `key`, whose correction goes on. */
    async release(key = "") {
        const { mine } = await this.list();
        const held = mine.filter((entry) => entry.state === "editing" && entry.key !== key);
        if (held.length) {
            await this.update(
                held.map((entry) => entry.key),
                ({ state }) => ({ state: state === "editing" ? "waiting" : state })
            );
        }
    }

    /** Let what the server refused wait once more. */
    async retryRejected() {
        const { mine } = await this.list();
        const rejected = mine.filter((entry) => entry.state === "rejected");
        await this.update(
            rejected.map((entry) => entry.key),
            () => ({ state: "waiting", reason: "" })
        );
    }

    /** Change entries that are still there; one that is gone meanwhile stays gone. */
    async update(keys, values) {
        await this._run(["captures"], "readwrite", (captures) => {
            for (const key of keys) {
                const request = captures.get(key);
                request.onsuccess = () => {
                    if (request.result) {
                        captures.put({ ...request.result, ...values(request.result) });
                    }
                };
            }
        });
        this._tellAll();
    }

    async remove(keys) {
        await this._run(["captures", "photos"], "readwrite", (captures, photos) => {
            for (const key of keys) {
                captures.delete(key);
                photos.delete(key);
            }
        });
        this._tellAll();
    }

    /** @returns {Promise<Object[]>} the records of entries as the server gets them, in their order */
    async readRecords(entries) {
        return Promise.all(
            entries.map(async ({ key, record, photoChars }) => {
                if (!photoChars) {
                    return record;
                }
                const kept = await this._run(["photos"], "readonly", (photos) => photos.get(key));
                return { ...record, photo: kept?.photo || "" };
            })
        );
    }

    async count(showId) {
        const id = this._countId(showId, new Date());
        return (await this._run(["meta"], "readonly", (meta) => meta.get(id)))?.value || 0;
    }

    async readDraft(showId) {
        const id = this._id("draft", showId);
        return (await this._run(["meta"], "readonly", (meta) => meta.get(id)))?.value;
    }

    /** Keep what is half written, so that a tab thrown away loses nothing; null forgets it. */
    async writeDraft(showId, value) {
        const id = this._id("draft", showId);
        await this._run(["meta"], "readwrite", (meta) => {
            if (value) {
                meta.put({ id, value });
            } else {
                meta.delete(id);
            }
        });
    }

    _isMine(entry) {
        return entry.database === this.owner.database && entry.userId === this.owner.userId;
    }

    _id(...parts) {
        return [parts[0], this.owner.database, this.owner.userId, ...parts.slice(1)].join("|");
    }

    _countId(showId, date) {
        return this._id("count", showId, date.toDateString());
    }

    _tellAll() {
        this.channel?.postMessage("changed");
        this._tell();
    }

    _tell() {
        this.listeners.forEach((callback) => callback());
    }

    /** Run `act` on the stores; a connection that the phone closed meanwhile is opened anew once. */
    async _run(names, mode, act) {
        try {
            return await this._transact(names, mode, act);
        } catch (error) {
            if (!CLOSED.includes(error.cause?.name)) {
                throw error;
            }
        }
        await this.open();
        return this._transact(names, mode, act);
    }

    /** Run `act` on the stores in one transaction; give the result of the request it returns. */
    _transact(names, mode, act) {
        return new Promise((resolve, reject) => {
            // strict: it is on the disk before we say that it is saved
            const transaction = this.db.transaction(names, mode, { durability: "strict" });
            const request = act(...names.map((name) => transaction.objectStore(name)));
            transaction.oncomplete = () => resolve(request?.result);
            transaction.onabort = () => reject(new StoreError(transaction.error));
            transaction.onerror = () => {}; // an abort follows
        }).catch((error) => {
            throw error instanceof StoreError ? error : new StoreError(error);
        });
    }
}
