import {
    appTranslateFn,
    translatedTerms,
    translatedTermsGlobal,
    translationIsReady,
    translationLoaded,
} from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";

import { mount, whenReady } from "@odoo/owl";

import { LeadBooth } from "./lead_booth";

/** The texts come with the page: asking for them would need a network. */
function loadTexts(texts) {
    translatedTerms.lead_followup = texts;
    Object.assign(translatedTermsGlobal, texts);
    translatedTerms[translationLoaded] = true;
    translationIsReady.resolve(true);
}

whenReady(() => {
    const { database, setup, texts } = odoo.leadBooth;
    loadTexts(texts);
    return mount(LeadBooth, document.body, {
        getTemplate,
        translateFn: appTranslateFn,
        translatableAttributes: ["data-tooltip"],
        env: {},
        props: { database, setup },
    });
});
