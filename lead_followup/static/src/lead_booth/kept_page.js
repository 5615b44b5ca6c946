/** Keeps the page and what it is made of, so that it opens without a network. */

import { OtherUser } from "./booth_server";

const PREFIX = "lead-booth";
const SCANNER = "/web/static/lib/zxing-library/zxing-library.js";

export function canKeepPage() {
    return window.isSecureContext && "caches" in window && "serviceWorker" in navigator;
}

/** Let the worker answer for the booth's pages from now on. */
export async function startWorker() {
    await navigator.serviceWorker.register("/lead/booth/service-worker.js", {
        scope: "/lead/booth/",
        updateViaCache: "none",
    });
    // asks the browser not to clear what we keep when the phone gets full; some ask the user,
    // whose answer is not waited for
    navigator.storage?.persist?.().catch(() => {});
}

/**
 * Keep the newest page of a show with its scripts and styles; older ones are dropped.
 *
 * The page comes last: what is kept of it is whole at any moment. Pages of other users are
 * forgotten: the worker can't tell whose turn it is.
 *
 * @param {{database: string, userId: number}} owner whose page it is
 * @returns {Promise<boolean>} whether the page opens without a network now
 * @throws {OtherUser} where somebody else is logged in; the owner's pages are forgotten too
 */
export async function keepPage(owner, showId) {
    const path = `/lead/booth/${showId}`;
    const mine = [PREFIX, owner.database, owner.userId, ""].join("|");
    await forgetPages((name) => name.startsWith(mine));
    const cache = await caches.open(mine + showId);
    try {
        const response = await fetch(path, { cache: "no-store" });
        const userId = response.headers.get("X-Lead-Booth-User");
        if (userId && userId !== String(owner.userId)) {
            await forgetPages();
            throw new OtherUser();
        }
        if (response.ok && !response.redirected) {
            const html = await response.clone().text();
            const urls = [...findParts(html), SCANNER];
            await cache.addAll(urls);
            await cache.put(path, response);
            await dropOthers(cache, [path, ...urls]);
        }
    } catch (error) {
        if (error instanceof OtherUser) {
            throw error;
        }
        // no network: what was kept before stays
    }
    return Boolean(await cache.match(path));
}

/** Forget the kept pages, as after a log-out, but those that `isKept(name)`; captures stay. */
export async function forgetPages(isKept = () => false) {
    const names = await caches.keys();
    const gone = names.filter((name) => name.startsWith(PREFIX) && !isKept(name));
    await Promise.all(gone.map((name) => caches.delete(name)));
}

function findParts(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const scripts = [...page.querySelectorAll("script[src]")].map((el) => el.getAttribute("src"));
    const styles = [...page.querySelectorAll("link[rel=stylesheet][href]")].map((el) =>
        el.getAttribute("href")
    );
    return [...new Set([...scripts, ...styles])];
}

async function dropOthers(cache, urls) {
    const wanted = new Set(urls.map((url) => new URL(url, location.href).href));
    for (const request of await cache.keys()) {
        if (!wanted.has(request.url)) {
            await cache.delete(request);
        }
    }
}
