import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

// registers the item that is replaced here
import "@web/webclient/user_menu/user_menu_items";

const PREFIX = "lead-booth";
const userMenu = registry.category("user_menuitems");
const logOutItem = userMenu.get("log_out", null);

async function forgetPages(isKept = () => false) {
    try {
        const names = await window.caches.keys();
        const ours = names.filter((name) => name.startsWith(PREFIX) && !isKept(name));
        await Promise.all(ours.map((name) => window.caches.delete(name)));
    } catch {
        // a plain http address keeps no pages
    }
}

/** Logging out also takes away the booth's kept pages; captures that wait stay on the device. */
function logOutAndForget(env) {
    const item = logOutItem(env);
    return {
        ...item,
        callback: async () => {
            await forgetPages();
            return item.callback();
        },
    };
}

if (logOutItem) {
    userMenu.add("log_out", logOutAndForget, { force: true });
}

/** Whoever logs in takes away the kept pages of those before him, whose log-out was not seen. */
registry.category("services").add("lead_booth_forget", {
    start() {
        const mine = [PREFIX, session.db, user.userId, ""].join("|");
        forgetPages((name) => name.startsWith(mine));
    },
});
