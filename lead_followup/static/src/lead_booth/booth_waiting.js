import { _t } from "@web/core/l10n/translation";

import { Component, useState } from "@odoo/owl";

import { localNumber } from "./booth_words";

/** What this phone still keeps, each with its state, to be corrected or deleted by hand. */
export class BoothWaiting extends Component {
    static template = "lead_followup.BoothWaiting";
    static props = {
        mine: Array,
        others: Array,
        status: String,
        onSend: Function,
        onEdit: Function,
        onDelete: Function,
        onBack: Function,
    };

    setup() {
        this.state = useState({ deleting: "" });
    }

    title(entry) {
        const { name, company, email, phone, mobile, code } = entry.record;
        const who = [name, company].filter(Boolean).join(" · ");
        return who || email || phone || mobile || code || _t("Photo of a card");
    }

    time(entry) {
        const lang = document.documentElement.lang || undefined;
        const options = { weekday: "short", hour: "2-digit", minute: "2-digit" };
        return new Date(entry.savedAt).toLocaleString(lang, options);
    }

    get othersLabel() {
        const names = [...new Set(this.props.others.map((entry) => entry.userName))];
        return _t(
            "%(count)s captures of %(names)s wait on this phone too. They are sent once that user logs in here.",
            { count: localNumber(this.props.others.length), names: names.join(", ") }
        );
    }

    delete(entry) {
        if (this.state.deleting === entry.key) {
            this.state.deleting = "";
            this.props.onDelete(entry);
        } else {
            this.state.deleting = entry.key;
        }
    }
}
