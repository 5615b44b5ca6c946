import base64
import logging
import random

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..tools import letters, timing
from .first_cause import get_first_cause

_logger = logging.getLogger(__name__)

_BATCH_SIZE = 250  # letters a batch
_chance = random.SystemRandom()


class LeadTouch(models.Model):
    """A letter: it waits to be printed, lies in a batch, is posted, and may come back.

    A letter that can't be made is blocked with its reason, and its cadence goes on.
    """

    _inherit = "lead.touch"

    trade_show_id = fields.Many2one(related="lead_id.trade_show_id")
    letter_batch_id = fields.Many2one("lead.letter.batch", index="btree_not_null", readonly=True)
    letter_code = fields.Char("Code", readonly=True)
    letter_address = fields.Text("Address", readonly=True)
    letter_subject = fields.Char("Subject", readonly=True)
    letter_body = fields.Html("Letter", readonly=True, sanitize="email_outgoing")
    letter_arrives_at = fields.Datetime("Arrives", readonly=True)
    letter_returned_date = fields.Date("Came Back", readonly=True)
    letter_state = fields.Selection(
        [
            ("to_print", "To print"),
            ("batched", "In a batch"),
            ("posted", "Posted"),
            ("returned", "Came back"),
        ],
        compute="_compute_letter_state",
        string="Letter Is",
    )
    letter_address_hint = fields.Char("Check", compute="_compute_letter_address_hint")

    _letter_code_uniq = models.UniqueIndex(
        "(letter_code) WHERE letter_code IS NOT NULL", "A code belongs to one letter."
    )
    _letter_to_print_idx = models.Index(
        "(planned_at) WHERE channel = 'letter' AND state = 'queued' AND letter_batch_id IS NULL"
    )

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        texts = {
            "no_letters": self.env._("Asked for no more letters"),
            "address_wrong": self.env._("A letter to this address came back"),
            "no_addressee": self.env._("Neither a person nor a company to address"),
            "address_too_long": self.env._("The address has too many lines for the window"),
            "no_letter_text": self.env._("Its step has no text"),
        }
        own = self.filtered(lambda touch: touch.reason in texts)
        for touch in own:
            touch.reason_text = texts[touch.reason]
        return super(LeadTouch, self - own)._compute_reason_text()

    @api.depends("state", "channel", "letter_batch_id", "letter_returned_date")
    def _compute_letter_state(self):
        for touch in self:
            touch.letter_state = False
            if touch.channel == "letter" and touch.state == "queued":
                touch.letter_state = "batched" if touch.letter_batch_id else "to_print"
            elif touch.channel == "letter" and touch.state == "done":
                touch.letter_state = "returned" if touch.letter_returned_date else "posted"

    @api.depends("lead_id.zip", "lead_id.country_id")
    def _compute_letter_address_hint(self):
        for touch in self:
            lead = touch.lead_id
            country = lead.country_id or touch.company_id.country_id
            lacks_zip = touch.channel == "letter" and country.zip_required and not lead.zip
            touch.letter_address_hint = lacks_zip and self.env._("No postcode")

    def action_make_letters(self):
        """Make batches of these letters, a company's together, and open them."""
        chosen = self.filtered(lambda touch: touch.letter_state == "to_print")
        if not chosen:
            raise UserError(
                self.env._(
                    "None of the %(count)s chosen touches is a letter that waits to be printed.\n"
                    "Choose some that say “To print”.",
                    count=len(self),
                )
            )
        chosen.check_access("read")
        batches = self.env["lead.letter.batch"]
        for company, touches in chosen.grouped(
            lambda touch: touch.company_id or self.env.company
        ).items():
            touches._refuse_while_stopped(company)
            for part in split_every(_BATCH_SIZE, touches.sorted("planned_at").ids, self.browse):
                batches |= part._make_batch(company)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_followup.lead_letter_batch_action"
        )
        if len(batches) == 1:
            return {**action, "views": [(False, "form")], "res_id": batches.id}
        return {**action, "domain": [("id", "in", batches.ids)]}

    def action_take_out(self):
        """Take these letters out of their batch; they wait to be printed again."""
        self.check_access("read")
        chosen = self.filtered("letter_batch_id")
        # A batch is its maker's; whoever may write it may change what is in it.
        chosen.letter_batch_id.check_access("write")
        if any(batch.state == "posted" for batch in chosen.letter_batch_id):
            raise UserError(
                self.env._("A posted letter can't be taken out. If it came back, say so.")
            )
        # sudo: nobody writes touches by hand
        chosen.sudo()._leave_batch()

    def action_mark_returned(self):
        """Note that these letters came back: their addresses are wrong, and take no more."""
        self.lead_id.check_access("write")
        # sudo: nobody writes touches by hand
        returned = self.sudo().filtered(lambda touch: touch.letter_state == "posted")
        if not returned:
            raise UserError(
                self.env._("Only a letter that was posted can come back. Mark its batch as posted.")
            )
        returned.letter_returned_date = fields.Date.context_today(self)
        returned.lead_id.with_env(self.env)._mark_postal_address_wrong()

    def _refuse_while_stopped(self, company):
        if company.lead_sending_stopped:
            raise UserError(
                self.env._(
                    "%(company)s has stopped all sending, letters as well.\n"
                    "Switch it on again in the CRM settings; the letters wait until then.",
                    company=company.name,
                )
            )

    def _queue_letters(self):
        """Put letters on the list of those to print; block those that can't be written any more."""
        self.write({"state": "queued"})
        for reason, touches in self.grouped(
            lambda touch: touch.lead_id._get_letter_obstacle()
        ).items():
            if reason:
                touches._block_letters(reason)

    def _block_letters(self, reason):
        """Note why these letters can't be made, in sight; the cron goes on to the next step."""
        self.write({"state": "blocked", "reason": reason})
        self.enrollment_id._ask_for_plan()

    def _leave_batch(self):
        """Let these letters wait to be printed again; what a pause holds is planned anew later."""
        held = self.filtered(
            lambda touch: touch.state == "cancelled" and touch.enrollment_id.state == "paused"
        )
        (self - held).letter_batch_id = False
        held.unlink()

    def _make_batch(self, company):
        """Write these letters and return the batch that holds those that could be written."""
        batch = self.env["lead.letter.batch"].create(
            {"company_id": company.id, "window": company.lead_letter_window}
        )
        # sudo: nobody writes touches by hand
        self.sudo()._write_letters(batch)
        return batch

    def _write_letters(self, batch):
        """Fix what these letters say, set by set of one step and sender."""
        self.letter_batch_id = batch
        self._name_senders()
        for touches in self.grouped(lambda touch: (touch.step_id, touch.user_id)).values():
            touches._write_letters_apart(batch)

    def _name_senders(self):
        """Give the letters of those who have left to whoever signs for the lead now."""
        for touch in self:
            if not touch.user_id.active:
                touch.user_id = touch.enrollment_id._get_sender()

    def _write_letters_apart(self, batch):
        """Write these letters of one step; where one can't be written, the others still are."""
        try:
            with self.env.cr.savepoint():
                self._write_letters_of_step(batch)
        except OperationalError:
            raise  # two transactions met: whoever pressed the button presses it again
        except Exception as error:
            if len(self) == 1:
                _logger.warning("The letter of %s could not be written: %s", self, error)
                self._block_letters(get_first_cause(error))
                return
            for touch in self:
                touch._write_letters_apart(batch)

    def _write_letters_of_step(self, batch):
        template = self.step_id.template_id
        if not template:
            self._block_letters("no_letter_text")
            return
        if not self.user_id:
            self._block_letters("no_sender")
            return
        # sudo: a sender need not see a lead that has no salesperson yet; with_user: it is he who
        # writes, not whoever prints
        writer = template.with_user(self.user_id).sudo()
        subjects = writer._render_field("subject", self.lead_id.ids, compute_lang=True)
        bodies = writer._render_field("body_html", self.lead_id.ids, compute_lang=True)
        window = letters.WINDOWS[batch.window]
        codes = self._get_new_codes()
        for touch in self:
            reason = touch._get_window_obstacle(window)
            if reason:
                touch._block_letters(reason)
                continue
            touch.write(
                {
                    "letter_code": touch.letter_code or codes.pop(),
                    "letter_address": "\n".join(touch.lead_id._get_postal_lines()),
                    "letter_subject": subjects[touch.lead_id.id],
                    "letter_body": bodies[touch.lead_id.id],
                }
            )
        # A fault in what is written must be met here, where it blocks one letter only.
        self.flush_recordset()

    def _get_window_obstacle(self, window):
        """Return the word for why this letter can't be written for ``window``, None if it can."""
        self.ensure_one()
        reason = self.lead_id._get_letter_obstacle()
        if reason:
            return reason
        try:
            letters.fit_address(self.lead_id._get_postal_lines(), window)
        except letters.AddressTooLong:
            return "address_too_long"
        return None

    def _get_new_codes(self):
        """Return as many codes, as printed, that no letter has as there are letters. One query."""
        codes = set()
        while len(codes) < len(self):
            missing = len(self) - len(codes)
            drawn = {letters.format_code(letters.new_code(_chance)) for _turn in range(missing)}
            taken = self.sudo().search_fetch([("letter_code", "in", list(drawn))], ["letter_code"])
            codes |= drawn - set(taken.mapped("letter_code"))
        return codes

    @api.model
    def _find_letter(self, typed):
        """Return the letter whose code somebody typed, none where there is none."""
        code = letters.read_code(typed)
        if not code:
            return self.browse()
        return self.search([("letter_code", "=", letters.format_code(code))], limit=1)

    def _mark_posted(self, posted_at):
        """Note these letters as posted; what comes next waits until the post has brought them."""
        for touch in self:
            touch.letter_arrives_at = touch._get_arrival(posted_at)
        bodies = {touch.lead_id.id: touch._get_posted_note() for touch in self}
        self.lead_id._message_log_batch(bodies=bodies)
        self._mark_done(posted_at, is_human=True)

    def _get_posted_note(self):
        return self.env._(
            "Letter posted: %(step)s (code %(code)s)",
            step=self.step_id.name,
            code=self.letter_code,
        )

    def _get_arrival(self, posted_at):
        """Return when the post has probably brought this letter, on the lead's working days."""
        self.ensure_one()
        company = self.letter_batch_id.company_id or self.company_id or self.env.company
        days = company.lead_letter_days_abroad
        if company._is_lead_letter_domestic(self.lead_id.country_id):
            days = company.lead_letter_days_domestic
        return timing.add_working_days(posted_at, days, self.lead_id._get_place())

    def _get_wait_start(self):
        """Return from when the next step waits: when it was made, a letter when it arrives."""
        self.ensure_one()
        return self.letter_arrives_at or self.done_at

    def _withdraw(self):
        """Take letters out of batches that are not printed; those on paper stay there, in sight.

        Returned are those of which nothing is left, which a pause may forget.
        """
        withdrawn = super()._withdraw()
        on_paper = withdrawn.filtered(lambda touch: touch.letter_batch_id.state == "printed")
        (withdrawn - on_paper).filtered("letter_batch_id").letter_batch_id = False
        return withdrawn - on_paper

    def _get_sheet(self, window):
        """Return what the report shows of this letter."""
        self.ensure_one()
        language = self._get_language()
        address = letters.fit_address(self.letter_address.splitlines(), window)
        url = self._get_letter_url()
        return {
            "touch": self,
            "signature": self.user_id.signature or self.user_id.name,
            "lang": language,
            "direction": self.env["res.lang"]._get_data(code=language).direction or "ltr",
            "date": self._get_date_text(),
            "address": address,
            "lines": [
                (line, "rtl" if letters.is_right_to_left(line) else "ltr") for line in address.lines
            ],
            "url": url,
            "code": self.letter_code,
            "qr": self._get_qr_image(url),
        }

    def _get_text(self):
        """Return all that is written on this letter."""
        self.ensure_one()
        texts = (self.letter_address, self.letter_subject, self.letter_body)
        rest = (self.user_id.signature, self._get_date_text(), *self.letter_batch_id._get_head())
        return " ".join(str(text or "") for text in texts + rest)

    def _get_language(self):
        """Return the code of the language this letter is in."""
        self.ensure_one()
        return self.lead_id.lang_id.code or self.env.lang or "en_US"

    def _get_date_text(self):
        return letters.letter_date(self.letter_batch_id.letter_date, self._get_language())

    def _get_letter_url(self):
        """Return where this letter is answered."""
        self.ensure_one()
        return f"{self.letter_batch_id.get_base_url()}/l/{self.letter_code}"

    @api.model
    def _get_qr_image(self, url):
        """Return ``url`` as an image inside the page, for a printer that may reach no server."""
        image = self.env["ir.actions.report"].barcode(
            "QR", url, width=240, height=240, quiet=0, barLevel="M"
        )
        return f"data:image/png;base64,{base64.b64encode(image).decode()}"
