import { rpcBus } from "@web/core/network/rpc";

let waiting = 0;
rpcBus.addEventListener("RPC:REQUEST", () => waiting++);
rpcBus.addEventListener("RPC:RESPONSE", () => waiting--);

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * A step that ends when the server has answered everything and the page shows it: what is typed
 * into an editor before that is lost when the answer draws the editor again.
 */
export function answered() {
    return {
        content: "the server has answered",
        trigger: "body",
        run: async () => {
            for (let quiet = 0; quiet < 5; quiet++) {
                await nextFrame();
                quiet = waiting > 0 ? 0 : quiet;
            }
        },
    };
}
