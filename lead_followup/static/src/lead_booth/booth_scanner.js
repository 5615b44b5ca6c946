import { BarcodeVideoScanner, isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";

import { Component, useState } from "@odoo/owl";

/** Odoo's scanner without its crop frame: the whole picture counts, badges are held anyhow. */
class WholePictureScanner extends BarcodeVideoScanner {
    static template = "lead_followup.WholePictureScanner";
}

/** The camera on the whole screen; where it can't be used, what to do about it. */
export class BoothScanner extends Component {
    static template = "lead_followup.BoothScanner";
    static components = { WholePictureScanner };
    static props = { onResult: Function, onType: Function, onBack: Function };

    setup() {
        this.state = useState({ isReady: false, trouble: "" });
        if (!window.isSecureContext) {
            this.state.trouble = _t(
                "The camera needs a secure address (https). Ask your administrator for it; type meanwhile."
            );
        } else if (!isBarcodeScannerSupported()) {
            this.state.trouble = _t("This browser gives no camera to a page. Type instead.");
        }
    }

    onReady() {
        this.state.isReady = true;
    }

    async onError() {
        this.state.trouble = await this.explain();
    }

    onResult(text) {
        if (!this.isDone) {
            this.isDone = true;
            navigator.vibrate?.(60);
            this.props.onResult(text);
        }
    }

    async explain() {
        try {
            const devices = await navigator.mediaDevices.enumerateDevices();
            if (!devices.some((device) => device.kind === "videoinput")) {
                return _t("No camera was found on this device. Type instead.");
            }
            const permission = await navigator.permissions.query({ name: "camera" });
            if (permission.state !== "granted") {
                return _t(
                    "The camera is not allowed for this page. Tap the lock beside the address, allow the camera, and try again."
                );
            }
        } catch {
            // some browsers don't know the question
        }
        return _t(
            "The camera could not be started. Close other apps that use it, or allow it in the settings of the browser, and try again."
        );
    }

    retry() {
        this.state.isReady = false;
        this.state.trouble = "";
    }
}
