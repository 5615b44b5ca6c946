from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import letters

# Debian's wkhtmltopdf, without the patched Qt, draws everything this much too small, whatever its
# options; measured on 0.12.6 with text 50, 100 and 150 mm apart. Patched builds keep millimetres.
_UNPATCHED_ZOOM = 1.3


class LeadLetterBatch(models.Model):
    """Letters that are printed in one go and taken to the post together.

    What each letter says is fixed when the batch is made, with its address and its answer code, so
    that it can be printed again. Its cadence goes on when the batch is marked as posted, and waits
    for as long as the post takes. A letter whose lead answers in between is withdrawn: it is not
    counted as posted, and must be taken out of the pile.
    """

    _name = "lead.letter.batch"
    _description = "Letter Batch"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [("draft", "To print"), ("printed", "Printed, to be posted"), ("posted", "Posted")],
        required=True,
        default="draft",
        readonly=True,
    )
    letter_date = fields.Date(
        required=True, readonly=True, default=fields.Date.context_today, help="As printed."
    )
    window = fields.Selection(
        selection="_selection_window",
        string="Envelopes",
        required=True,
        readonly=True,
    )
    posted_date = fields.Date(
        "Posted On", help="Empty until it is posted: the day on which it is marked as posted."
    )
    touch_ids = fields.One2many("lead.touch", "letter_batch_id", "Letters", readonly=True)
    letter_count = fields.Integer("Letters in It", compute="_compute_counts")
    withdrawn_count = fields.Integer(
        "Withdrawn", compute="_compute_counts", help="Written, but not to be posted any more."
    )
    unwritten_count = fields.Integer("Not Written", compute="_compute_counts")

    @api.model
    def _selection_window(self):
        return (
            self.env["res.company"]._fields["lead_letter_window"]._description_selection(self.env)
        )

    @api.depends("touch_ids.state", "touch_ids.letter_code")
    def _compute_counts(self):
        self.letter_count = self.withdrawn_count = self.unwritten_count = 0
        # sudo: what lies in the pile is counted, whoever has become salesperson of its leads
        rows = (
            self.env["lead.touch"]
            .sudo()
            ._read_group(
                [("letter_batch_id", "in", self.ids)],
                ["letter_batch_id", "state"],
                ["__count", "letter_code:count"],
            )
        )
        for batch, state, count, written in rows:
            batch = batch.sudo(self.env.su)
            if state in ("queued", "done"):
                batch.letter_count += count
            else:
                batch.withdrawn_count += written
                batch.unwritten_count += count - written

    @api.depends("letter_date")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = self.env._(
                "Letters of %(date)s (%(number)s)",
                date=fields.Date.to_string(batch.letter_date),
                number=batch.id or "",
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        posted = self.filtered(lambda batch: batch.state == "posted")[:1]
        if posted:
            raise UserError(
                self.env._(
                    "“%(batch)s” has been posted. It stays as the record of what was sent.",
                    batch=posted.display_name,
                )
            )

    def unlink(self):
        # sudo: nobody writes touches by hand
        self.sudo().touch_ids._leave_batch()
        return super().unlink()

    def action_print(self):
        """Print all letters in one PDF, or as a page to print where no PDF can be made."""
        self.ensure_one()
        if not self._get_letters():
            raise UserError(
                self.env._(
                    "“%(batch)s” has no letter to print: all were withdrawn or taken out.\n"
                    "Choose others under Letters.",
                    batch=self.display_name,
                )
            )
        if self.state == "draft":
            self.state = "printed"
        report = self._get_report()
        if self._can_make_pdf():
            return report.report_action(self, config=False)
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/{report.report_name}/{self.id}",
            "target": "new",
        }

    def action_mark_posted(self):
        """Note all letters but the withdrawn ones as made, on the day they were posted."""
        self.ensure_one()
        self.posted_date = self.posted_date or fields.Date.context_today(self)
        self._check_postable()
        letters_posted = self._get_letters()
        self.state = "posted"
        letters_posted._mark_posted(self._get_posting_moment())

    def _check_postable(self):
        today = fields.Date.context_today(self)
        if self.state != "printed":
            raise UserError(
                self.env._(
                    "“%(batch)s” is not waiting for the post.\n"
                    "A batch is printed first, and marked as posted once.",
                    batch=self.display_name,
                )
            )
        if not self.letter_date <= self.posted_date <= today:
            raise UserError(
                self.env._(
                    "“%(batch)s” was not posted on that day.\n"
                    "Enter a day from its date, %(first)s, to today.",
                    batch=self.display_name,
                    first=fields.Date.to_string(self.letter_date),
                )
            )

    def _can_make_pdf(self):
        """Tell whether wkhtmltopdf is here and draws these letters as they are.

        Without the patched Qt it measures Arabic and Persian words beside a comma or a figure as
        nothing, and leaves them out without a word; a browser prints them well.
        """
        self.ensure_one()
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return False
        return _wkhtml().is_patched_qt or not any(
            letters.has_right_to_left(touch._get_text()) for touch in self._get_letters()
        )

    def _get_posting_moment(self):
        """Return when the letters were posted, as a moment: now, or noon of an earlier day."""
        self.ensure_one()
        zone = pytz.timezone(self.company_id._get_lead_tz())
        noon = zone.localize(datetime.combine(self.posted_date, time(12)))
        return min(noon.astimezone(pytz.utc).replace(tzinfo=None), fields.Datetime.now())

    def _get_letters(self):
        """Return the letters that go out with this batch."""
        # sudo: a batch is posted as one, whoever has become salesperson of its leads
        return self.sudo().touch_ids.filtered(lambda touch: touch.state in ("queued", "done"))

    def _get_report(self):
        self.ensure_one()
        paper = letters.WINDOWS[self.window].paper.lower()
        # sudo: who may print letters need not read how reports are made
        return self.env.ref(f"lead_followup.action_report_lead_letters_{paper}").sudo()

    def _get_sheets(self):
        """Return what the report shows of each letter, in the order of the list."""
        self.check_access("read")
        window = letters.WINDOWS[self.window]
        return [
            {**touch._get_sheet(window), "window": window}
            for touch in self._get_letters().sorted("id")
        ]

    def _get_head(self):
        """Return the company's name, its address and how to reach it, for the head of a letter."""
        # sudo: a letter's head is public, whoever prints it
        partner = self.sudo().company_id.partner_id
        lines = [partner.name, *partner._display_address(without_company=True).splitlines()]
        lines += [partner.phone, partner.website or partner.email]
        return [line for line in (" ".join((line or "").split()) for line in lines) if line]

    def _get_sender_line(self):
        """Return the small line in the window from which a letter comes back."""
        partner = self.sudo().company_id.partner_id  # sudo: as above
        town = " ".join(part for part in (partner.zip, partner.city) if part)
        return " · ".join(part for part in (partner.name, partner.street, town) if part)

    def _get_logo(self):
        """Return the company's logo for a page that may reach no server, False without one."""
        logo = self.sudo().company_id.logo
        return logo and image_data_uri(logo)

    @api.model
    def _get_zoom(self, report_type):
        """Return by how much letters are enlarged so that a millimetre is one on paper."""
        return _UNPATCHED_ZOOM if report_type == "pdf" and not _wkhtml().is_patched_qt else 1
