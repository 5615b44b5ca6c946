"""A visitor at a public form: opens its page and sends it in."""

import re
from html import unescape


class PublicFormMixin:
    """Beside an HttpCase."""

    def _open(self, link, **headers):
        return self.url_open(self._get_path(link), headers=headers or None)

    def _get_path(self, link):
        return link.url.removeprefix(link.get_base_url())

    def _read_hidden(self, page):
        """Return what the page sends along by itself."""
        return {
            name: unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="([^"]+)"(?: id="[^"]+")?(?: value="([^"]*)")', page
            )
        }

    def _send(self, link, data, hidden=None):
        """Open the page of ``link`` and send it in with ``data``; return the answer.

        What follows from it in the background is done, too.
        """
        if hidden is None:
            hidden = self._read_hidden(self._open(link).text)
        response = self.url_open(self._get_path(link), data={**hidden, **data})
        self._receive_forms()
        return response

    def _receive_forms(self):
        with self.enter_registry_test_mode():
            self.env.ref("lead_followup.ir_cron_receive_forms").method_direct_trigger()

    def assertRefused(self, response, words):
        """The form is shown again, with a sentence that says what is wrong."""
        self.assertEqual(response.status_code, 422, response.text[-2000:])
        [fault] = re.findall(r'<div class="lf-fault"[^>]*>(.*?)</div>', response.text, re.DOTALL)
        self.assertIn(words, unescape(fault))
