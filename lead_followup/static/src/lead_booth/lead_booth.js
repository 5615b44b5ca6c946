import { _t } from "@web/core/l10n/translation";

import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";

import { BoothForm } from "./booth_form";
import { BoothScanner } from "./booth_scanner";
import { BoothServer, OtherUser } from "./booth_server";
import { BoothWaiting } from "./booth_waiting";
import {
    blankForm,
    isBlank,
    isReachable,
    localNumber,
    serverMoment,
    toForm,
    toRecord,
} from "./booth_words";
import { CaptureSender } from "./capture_sender";
import { CaptureStore } from "./capture_store";
import { isPrivate, readCode } from "./code_reader";
import { canKeepPage, forgetPages, keepPage, startWorker } from "./kept_page";

const MOST_REMARKS = 3; // a phone's screen is small

/**
 * The booth on a phone: scan or type, save, next.
 *
 * `setup` is what `lead.booth` tells about the show, the user and the questions; it comes with
 * the page, so that a page without a network has it too.
 */
export class LeadBooth extends Component {
    static template = "lead_followup.LeadBooth";
    static components = { BoothForm, BoothScanner, BoothWaiting };
    static props = { database: String, setup: Object };

    setup() {
        const { database, setup } = this.props;
        this.owner = { database, userId: setup.user.id };
        this.store = new CaptureStore(this.owner);
        this.server = new BoothServer(this.owner);
        this.sender = new CaptureSender(
            this.store,
            this.server,
            (sending) => Object.assign(this.state.sending, sending),
            (record, answer) => this.onTaken(record, answer)
        );
        this.state = useState({
            screen: "home",
            form: null,
            mine: [],
            others: [],
            count: 0,
            saved: "",
            missing: "",
            remark: "",
            remarks: [],
            sending: { status: "idle", words: "" },
            isKept: false,
            storeTrouble: "",
            isMenuOpen: false,
        });
        onMounted(() => this.start());
        useExternalListener(window, "popstate", () => this.onBack());
    }

    get showId() {
        return this.props.setup.show.id;
    }

    get isSecure() {
        return window.isSecureContext;
    }

    get waitingLabel() {
        const count = this.state.mine.length;
        return count ? _t("%s waiting", localNumber(count)) : _t("All sent");
    }

    get countLabel() {
        return _t("Today: %s", localNumber(this.state.count));
    }

    get missing() {
        return _t("Add an e-mail, a phone number, or name and company; then it is sent.");
    }

    get notice() {
        const { status, words } = this.state.sending;
        const notices = {
            offline: _t("No network. Go on: what you save is kept on this phone and sent later."),
            login: _t("You are logged out. What you save is kept; it is sent after you log in."),
            other: _t(
                "%s is logged in now. Your captures wait until you log in again on this phone.",
                words
            ),
            trouble: words || _t("The server did not confirm everything. It is sent again later."),
        };
        return notices[status] || "";
    }

    get loginUrl() {
        return `/web/login?redirect=${encodeURIComponent(`/lead/booth/${this.showId}`)}`;
    }

    /** Somebody who is logged in is not asked who he is: he is logged out first. */
    get otherLoginUrl() {
        return `/web/session/logout?redirect=${encodeURIComponent(this.loginUrl)}`;
    }

    async start() {
        try {
            await this.store.open();
        } catch {
            this.state.storeTrouble = _t(
                "This browser keeps nothing, as in a private window. Open the booth in an ordinary window."
            );
            return;
        }
        this.store.onChange(() => this.refresh());
        await this.refresh();
        this.state.count = await this.store.count(this.showId);
        const draft = await this.store.readDraft(this.showId);
        const isOpen = draft && !isBlank(draft);
        await this.store.release(isOpen ? draft.replaces : "");
        if (isOpen) {
            this.open({ ...blankForm(), ...draft });
        }
        this.sender.start();
        if (canKeepPage()) {
            try {
                await startWorker();
                this.state.isKept = await keepPage(this.owner, this.showId);
            } catch (error) {
                this.state.isKept = false; // the browser forbids it, as in a private window
                if (error instanceof OtherUser) {
                    window.location.reload(); // an old page was shown to the one who is logged in
                }
            }
        }
    }

    async refresh() {
        Object.assign(this.state, await this.store.list());
    }

    scan() {
        this.enter("scan");
    }

    type() {
        this.open(blankForm());
    }

    read(code) {
        if (isPrivate(code)) {
            this.goHome();
            this.state.remark = _t(
                "This code holds a password, not a person. Nothing of it was kept. Scan the badge, or type."
            );
            return;
        }
        this.open({ ...blankForm(), ...readCode(code), code, isScanned: true });
    }

    open(form) {
        form.captured_at ||= serverMoment(new Date());
        this.enter("form");
        this.state.form = form;
        if (!isBlank(form)) {
            this.keepDraft(form); // a phone may throw the page away at any moment
        }
    }

    showWaiting() {
        if (this.state.screen === "form" && !isBlank(this.state.form)) {
            this.state.remark = _t("Save or discard this visitor first.");
        } else {
            const isCorrection = Boolean(this.state.form?.replaces);
            this.enter("waiting");
            if (isCorrection) {
                this.giveBack();
            }
            this.refresh();
        }
    }

    /** Tell what the server remarks on something that it took. */
    onTaken(record, { flags_text }) {
        if (flags_text) {
            const who = record.name || record.company || record.email || record.phone || _t("Card");
            this.state.remarks = [
                ...this.state.remarks.slice(1 - MOST_REMARKS),
                _t("Sent: %(who)s. Look at it in Odoo: %(remark)s.", { who, remark: flags_text }),
            ];
        }
    }

    /** Show a screen; the phone's own Back leads home from it, not out of the booth. */
    enter(screen) {
        if (this.state.screen === "home") {
            window.history.pushState({ leadBooth: true }, "");
        }
        Object.assign(this.state, { screen, form: null, saved: "", remark: "", isMenuOpen: false });
    }

    goHome() {
        if (this.state.screen !== "home" && window.history.state?.leadBooth) {
            window.history.back();
        }
        this.leave();
    }

    onBack() {
        const { screen, form } = this.state;
        if (screen === "form" && !isBlank(form)) {
            window.history.pushState({ leadBooth: true }, ""); // thrown away by its own button only
        } else if (screen !== "home") {
            this.leave();
        }
    }

    leave() {
        const isCorrection = Boolean(this.state.form?.replaces);
        Object.assign(this.state, { screen: "home", form: null, remark: "" });
        if (isCorrection) {
            this.giveBack();
        }
    }

    /** What was held for a correction that is over is sent as it is. */
    async giveBack() {
        await this.store.release();
        this.sender.wake();
    }

    async findKnown(values) {
        try {
            return await this.server.findKnown(this.showId, values);
        } catch {
            return null; // nice to know, never in the way
        }
    }

    async keepDraft(form) {
        try {
            // copied: what the screen watches can't be stored
            await this.store.writeDraft(this.showId, JSON.parse(JSON.stringify(form)));
        } catch {
            // the draft is a spare wheel; saving itself tells what is wrong
        }
    }

    /** @returns {Promise<string>} why it could not be kept, "" where it is */
    async save(form) {
        try {
            const { count, key } = await this.store.save({
                showId: this.showId,
                userName: this.props.setup.user.name,
                record: JSON.parse(JSON.stringify(toRecord(form))),
                replaces: form.replaces,
                reason: isReachable(form) ? "" : this.missing,
            });
            this.state.count = count;
            this.lastForm = { ...JSON.parse(JSON.stringify(form)), replaces: key };
        } catch (error) {
            return error.isFull
                ? _t(
                      "This phone has no room left. Send what waits, or make room on it, then save again. Without the photo it may fit."
                  )
                : _t("This could not be kept on the phone. Note it on paper and reload the page.");
        }
        this.goHome();
        this.state.saved = form.name || form.company || form.email || form.phone || _t("Card");
        this.state.missing = isReachable(form) ? "" : this.missing;
        this.sender.wake();
        return "";
    }

    cancel() {
        this.store.writeDraft(this.showId, null);
        this.goHome();
    }

    async edit(entry) {
        await this.store.hold(entry.key);
        const [record] = await this.store.readRecords([entry]);
        this.open(toForm(record));
    }

    /** Open what was saved last once more, sent or not; saving puts it in the place of the first. */
    async correctLast() {
        const form = this.lastForm;
        await this.store.hold(form.replaces);
        this.open(form);
    }

    async delete(entry) {
        await this.store.remove([entry.key]);
    }

    async send() {
        await this.store.retryRejected();
        await this.sender.wake();
    }

    async logOut(url = "/web/session/logout") {
        if (canKeepPage()) {
            await forgetPages();
        }
        window.location.href = url;
    }
}
