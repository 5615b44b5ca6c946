import { _t } from "@web/core/l10n/translation";

/** How the booth speaks with the server, and the four ways in which that fails. */

const SECONDS = 60; // a hall's network may take a request and never answer it

/** No answer from the server: try again later. */
export class NoAnswer extends Error {}
/** Nobody is logged in any more. */
export class LoggedOut extends Error {}
/** Somebody else is logged in now; `message` is his name. */
export class OtherUser extends Error {}
/** The server says no, `message` says why where it is known; asking again is vain if `isFinal`. */
export class Refused extends Error {
    constructor(message, isFinal) {
        super(message);
        this.isFinal = isFinal;
    }
}

// A missing right is no word about the capture: it is sent again when the right is given.
const FINAL = ["UserError", "ValidationError", "MissingError"];
const TOLD = [...FINAL, "AccessError"];
const NETWORK = [407, 511]; // the hall's network asks whoever it is to log in there

export class BoothServer {
    /** @param {{database: string, userId: number}} owner who must be logged in */
    constructor(owner) {
        this.owner = owner;
    }

    /** @returns {Promise<Object[]>} {key, verdict, reason} of each record that was taken or refused */
    capture(showId, records) {
        return this._call(`/lead/booth/${showId}/capture`, { records });
    }

    /** @returns {Promise<Object>} what is known of a visitor, {known: false} at least */
    findKnown(showId, values) {
        return this._call(`/lead/booth/${showId}/known`, { values }, 10);
    }

    async _call(url, params, seconds = SECONDS) {
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), seconds * 1000);
        let answer;
        try {
            const response = await fetch(url, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({
                    jsonrpc: "2.0",
                    method: "call",
                    params: {
                        ...params,
                        database: this.owner.database,
                        user_id: this.owner.userId,
                    },
                }),
                signal: abort.signal,
            });
            if (response.status === 404) {
                throw new LoggedOut(); // a session without a database knows no such address
            }
            if (response.status === 413) {
                throw new Refused(_t("The server takes no picture this large. Remove it."), true);
            }
            if (response.status >= 400 && !NETWORK.includes(response.status)) {
                throw new Refused("", false); // a proxy's or firewall's word, maybe on one record
            }
            answer = await response.json();
        } catch (error) {
            // also a page of the hall's Wi-Fi in place of an answer
            const isTold = error instanceof LoggedOut || error instanceof Refused;
            throw isTold ? error : new NoAnswer(error.message);
        } finally {
            clearTimeout(timer);
        }
        return this._read(answer);
    }

    _read({ result, error }) {
        if (error?.code === 100) {
            throw new LoggedOut();
        }
        if (error) {
            const name = (error.data?.name || "").split(".").at(-1);
            const words = TOLD.includes(name) ? error.data.message : "";
            throw new Refused(words, FINAL.includes(name));
        }
        if (!result) {
            throw new NoAnswer();
        }
        if (result.other_user) {
            throw new OtherUser(result.other_user);
        }
        return result.answer;
    }
}
