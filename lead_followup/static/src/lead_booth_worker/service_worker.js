// @odoo-module ignore
/* eslint-disable no-restricted-globals */
/* eslint-disable no-undef */

// Answers for the booth's pages: from the network where there is one, so that updates arrive;
// else from what the page has put by. It keeps nothing itself and touches no data.

const PAGE = /^\/lead\/booth\/\d+$/;
const PARTS = ["/web/assets/", "/web/static/"];
const PAGE_SECONDS = 5; // a network that takes longer is none
const PART_SECONDS = 8;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (request.mode === "navigate" && PAGE.test(url.pathname)) {
        event.respondWith(networkFirst(request, PAGE_SECONDS));
    } else if (PARTS.some((part) => url.pathname.startsWith(part))) {
        event.respondWith(readPart(request, url));
    }
});

/** An address with the hash of its content never changes; others are asked for first. */
async function readPart(request, url) {
    if (/^\/web\/assets\/[0-9a-f]{7,}\//.test(url.pathname)) {
        return (await caches.match(request)) || fetch(request);
    }
    return networkFirst(request, PART_SECONDS);
}

async function networkFirst(request, seconds) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (!kept) {
        return fetch(request);
    }
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve(kept), seconds * 1000);
    });
    const fresh = fetch(request).then(
        (response) => (response.status >= 500 ? kept : response),
        () => kept
    );
    const response = await Promise.race([fresh, late]);
    clearTimeout(timer);
    return response;
}
