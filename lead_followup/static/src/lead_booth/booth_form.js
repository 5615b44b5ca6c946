import { _t } from "@web/core/l10n/translation";

import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

import { isBlank, isEmailLikely } from "./booth_words";
import { shrinkPhoto } from "./card_photo";

const KNOWN_PAUSE = 700; // ms after the last key before the server is asked
const DRAFT_PAUSE = 300;
const KNOWN_WORDS = ["name", "company", "email", "phone", "mobile"];

/** One visitor: who it is, what he wants, how hot; saved with one tap at the bottom. */
export class BoothForm extends Component {
    static template = "lead_followup.BoothForm";
    static props = {
        setup: Object,
        form: Object,
        findKnown: Function,
        onDraft: Function,
        onSave: Function,
        onCancel: Function,
    };

    setup() {
        const { form } = this.props;
        this.form = useState(form);
        this.state = useState({
            isEditing: !(form.isScanned && form.name),
            isCancelling: false,
            isSaving: false,
            known: null,
            trouble: "",
            photoTrouble: "",
        });
        this.root = useRef("root");
        onMounted(() => {
            if (isBlank(this.form)) {
                this.root.el.querySelector("input").focus();
            }
        });
        this.cancelling = useRef("cancelling");
        useEffect(
            (el) => el?.querySelector(".o_booth_keep").focus(),
            () => [this.cancelling.el]
        );
        onWillUnmount(() => {
            this.isGone = true;
            clearTimeout(this.draftTimer);
            clearTimeout(this.knownTimer);
        });
        this.askKnown();
    }

    get contactLines() {
        const { form } = this;
        return [
            { text: [form.job_title, form.company].filter(Boolean).join(" · "), dir: "auto" },
            { text: form.email, dir: "ltr" },
            { text: [form.phone, form.mobile].filter(Boolean).join(" · "), dir: "ltr" },
        ].filter((line) => line.text);
    }

    /** An address or a number reads from the left in every language. */
    get fields() {
        return [
            { word: "name", label: _t("Name"), type: "text", autocapitalize: "words" },
            { word: "company", label: _t("Company"), type: "text", autocapitalize: "words" },
            { word: "email", label: _t("E-mail"), type: "email", autocapitalize: "off", dir: "ltr" },
            { word: "phone", label: _t("Phone"), type: "tel", autocapitalize: "off", dir: "ltr" },
            { word: "job_title", label: _t("Job"), type: "text", autocapitalize: "sentences" },
        ];
    }

    /** The questions with one answer each, beside the show's qualifiers. */
    get choices() {
        const { consents, visitor_kinds } = this.props.setup;
        return [
            { word: "email_consent", label: _t("May we e-mail news?"), options: consents },
            { word: "visitor_kind", label: _t("Not a buyer"), options: visitor_kinds },
        ];
    }

    get isEmailOdd() {
        return !isEmailLikely(this.form.email);
    }

    get codeLabel() {
        return _t("Code read: %s", this.form.code);
    }

    /** What is told of a known visitor, each a sentence of its own, "" where there is none. */
    get knownWords() {
        const { lead_name, company, owner, lifecycle, visits, last_words } = this.state.known;
        const shows = [...new Set((visits || []).map((visit) => visit.show))].filter(Boolean);
        const isNamed = company && (lead_name || "").includes(company);
        return {
            who: [lead_name, !isNamed && company, lifecycle].filter(Boolean).join(" · "),
            owner: owner ? _t("Looked after by %s", owner) : "",
            visit: shows.length ? _t("Met at %s", shows.join(" · ")) : "",
            last: last_words || "",
        };
    }

    write(word, value) {
        if (this.isGone) {
            return;
        }
        this.form[word] = value;
        this.state.trouble = "";
        this.keepDraft();
        if (KNOWN_WORDS.includes(word)) {
            this.askKnown();
        }
    }

    /** Choose an answer; the same once more takes it back. */
    choose(word, value) {
        this.write(word, this.form[word] === value ? "" : value);
    }

    answer(qualifier, answer) {
        if (this.form.answers[qualifier.code] === answer.code) {
            delete this.form.answers[qualifier.code];
        } else {
            this.form.answers[qualifier.code] = answer.code;
        }
        this.keepDraft();
    }

    toggleInterest(id) {
        const ids = this.form.interest_ids;
        this.form.interest_ids = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
        this.keepDraft();
    }

    /** The keyboard's Enter goes to the next field; only the button saves. */
    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.matches("input:not([type=file])")) {
            ev.preventDefault();
            const fields = [...this.root.el.querySelectorAll("input:not([type=file]), textarea")];
            const next = fields[fields.indexOf(ev.target) + 1];
            // past the typed words the keyboard is in the way of the buttons
            if (next && ev.target.closest("label").nextElementSibling?.contains(next)) {
                next.focus();
            } else {
                ev.target.blur();
            }
        }
    }

    keepDraft() {
        clearTimeout(this.draftTimer);
        if (this.isGone || this.state.isSaving) {
            return; // a draft of what is saved would bring the visitor back
        }
        this.draftTimer = setTimeout(() => this.props.onDraft(this.form), DRAFT_PAUSE);
    }

    /** Ask who this is, a moment after the last key; an answer to an older question is dropped. */
    askKnown() {
        clearTimeout(this.knownTimer);
        this.question = (this.question || 0) + 1;
        this.state.known = null;
        const { form, question } = this;
        if (!(form.email || form.phone || form.mobile || (form.name && form.company))) {
            return;
        }
        this.knownTimer = setTimeout(async () => {
            const words = KNOWN_WORDS.filter((word) => form[word].trim());
            const values = Object.fromEntries(words.map((word) => [word, form[word].trim()]));
            const known = await this.props.findKnown(values);
            if (known?.known && question === this.question) {
                this.state.known = known;
            }
        }, KNOWN_PAUSE);
    }

    takePhoto(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (file) {
            const work = this.addPhoto(file).finally(() => {
                this.photoWork = this.photoWork === work ? null : this.photoWork;
            });
            this.photoWork = work;
        }
    }

    /** @returns {Promise<boolean>} whether the picture could be read */
    async addPhoto(file) {
        try {
            this.write("photo", await shrinkPhoto(file));
            this.state.photoTrouble = "";
            return true;
        } catch {
            this.state.photoTrouble = _t("This picture can't be read. Take it again.");
            return false;
        }
    }

    async save() {
        if (this.state.isSaving) {
            return;
        }
        this.state.isSaving = true;
        // a picture takes a moment to be shrunk; where it is bad, its trouble is read first
        const isPhotoBad = (await this.photoWork) === false;
        if (this.isGone || isPhotoBad) {
            this.state.isSaving = false;
            return;
        }
        if (isBlank(this.form)) {
            this.state.isSaving = false;
            this.state.trouble = _t("Write a name, or take a photo of the card.");
            return;
        }
        clearTimeout(this.draftTimer);
        this.state.trouble = await this.props.onSave(this.form);
        this.state.isSaving = false;
        if (this.state.trouble) {
            this.keepDraft();
        }
    }

    cancel() {
        if (isBlank(this.form) || this.state.isCancelling) {
            clearTimeout(this.draftTimer);
            this.props.onCancel();
        } else {
            this.state.isCancelling = true;
        }
    }
}
