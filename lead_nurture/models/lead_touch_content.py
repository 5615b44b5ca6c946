from collections import defaultdict

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.lead_followup.models.first_cause import get_first_cause

from ..tools import content

USED_UP, NOTHING_FITS, FAILS = "content_used_up", "content_none", "content_fails"
MISSES = (USED_UP, NOTHING_FITS, FAILS)


class ContentFailed(Exception):
    """A piece can't be written for these leads; the cause is the error it comes of."""

    def __init__(self, mailing):
        super().__init__(mailing.subject)
        self.mailing_id = mailing.id
        self.version = mailing.lead_content_version


class LeadTouch(models.Model):
    """An e-mail whose content is chosen by rule, for each lead its own, when the e-mail is made.

    It is made as its mailing would make it, once a lead and address, and says why it was chosen.
    Where the library has nothing at all for a lead its step's template goes; where the lead has
    had all, or what is left can't be written for it, the step is skipped in sight and the track
    goes on when there is more.
    """

    _inherit = "lead.touch"

    content_id = fields.Many2one(
        "mailing.mailing",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    content_version = fields.Integer(readonly=True, help="Which text of the piece this one has.")
    content_reason = fields.Char(readonly=True, help="The words for why this piece was chosen.")
    content_reason_text = fields.Char("Why This", compute="_compute_content_reason_text")

    @api.depends("content_reason")
    @api.depends_context("lang")
    def _compute_content_reason_text(self):
        texts = {
            "lang": self.env._("in the lead's language"),
            "near_lang": self.env._("in the lead's language, as spoken elsewhere"),
            "no_lang": self.env._("for readers of any language"),
            "home_lang": self.env._("in the company's language, there is none in the lead's"),
            "company_lang": self.env._("in the company's language, the lead's is not known"),
            "interest": self.env._("fits its interests"),
            "segment": self.env._("fits its segment"),
            "stage": self.env._("fits its stage"),
        }
        for touch in self:
            words = (touch.content_reason or "").split(",")
            known = [texts[word] for word in words if word in texts]
            touch.content_reason_text = known and self.env._(
                "The next that it has not had: %(why)s", why=", ".join(known)
            )

    @api.depends("state", "reason")
    def _compute_reason_text(self):
        texts = {
            USED_UP: self.env._(
                "Content used up: the lead has had all that fits it. More of it goes out at its "
                "next turn."
            ),
            NOTHING_FITS: self.env._(
                "The library holds no content for this lead, and the step has no template"
            ),
        }
        failing = self.filtered(lambda touch: touch.reason == FAILS)
        failing._compute_content_fails_text()
        own = self.filtered(lambda touch: touch.reason in texts)
        for touch in own:
            touch.reason_text = texts[touch.reason]
        return super(LeadTouch, self - own - failing)._compute_reason_text()

    def _compute_content_fails_text(self):
        """Say which pieces can't be written for the leads of these."""
        failing_by_lead = self.lead_id._get_content_failing()
        for touch in self:
            # sudo: whoever works with leads need not see mailings
            pieces = self.env["mailing.mailing"].sudo().browse(failing_by_lead[touch.lead_id])
            touch.reason_text = (
                self.env._(
                    "What fits it can't be written for it: %(content)s. It gets it at a later "
                    "turn, once that is corrected.",
                    content=", ".join(f"“{piece.subject}”" for piece in pieces.sorted("id")),
                )
                if pieces
                else self.env._("What fits it could not be written for it then")
            )

    def _is_from_library(self):
        self.ensure_one()
        return self.channel == "email" and self.step_id.content_source == "library"

    def _render_emails(self):
        """Choose, and make the e-mails of each piece in one go."""
        if self.step_id.content_source != "library":
            return super()._render_emails()
        choices = self._choose_content()
        plain = self._take_content(choices)
        for mailing, touches in (self - plain).grouped("content_id").items():
            if mailing:
                touches._render_content()
        return super(LeadTouch, plain)._render_emails() if plain else None

    def _choose_content(self):
        """Return ``{touch: content.Choice or the word for why there is none}``.

        As many queries for any number of touches. Two leads of one address get two pieces.
        """
        # sudo: the library is asked for the lead, whoever signs
        touches = self.sudo()
        company_by_touch = {touch: touch._get_sending_company() for touch in touches}
        library = self.env["mailing.mailing"].sudo()._get_library(set(company_by_touch.values()))
        had_by_lead = touches.lead_id._get_content_had()
        failing_by_lead = touches.lead_id._get_content_failing()
        had_by_email = defaultdict(set)
        found = {}
        for touch, company in company_by_touch.items():
            lead, versions = touch.lead_id, library[company]
            chosen_before = had_by_email[lead.email_normalized or lead.id]
            had = had_by_lead[lead] | chosen_before
            reader = lead._as_content_reader(company, had | failing_by_lead[lead])
            choice = content.choose(versions, reader)
            if choice:
                piece = self.env["mailing.mailing"].sudo().browse(choice.ref)._get_piece()
                chosen_before.add(piece.id)
            elif not content.fits(versions, reader):
                choice = NOTHING_FITS
            elif content.choose(versions, lead._as_content_reader(company, had)):
                choice = FAILS
            found[touch] = choice or USED_UP
        return found

    def _take_content(self, choices):
        """Note what each of these touches gives and why; skip those for which there is nothing.

        :return: those whose step's template is to go, since the library has nothing for them.
        """
        plain = self.filtered(
            lambda touch: choices[touch] == NOTHING_FITS and touch.step_id.template_id
        )
        plain.write({"content_id": False, "content_version": 0, "content_reason": False})
        fed = plain
        for touch in self - plain:
            choice = choices[touch]
            if isinstance(choice, content.Choice):
                mailing = self.env["mailing.mailing"].sudo().browse(choice.ref)
                touch.write(
                    {
                        "content_id": mailing.id,
                        "content_version": mailing.lead_content_version,
                        "content_reason": ",".join(choice.words),
                    }
                )
                fed |= touch
        starved = self - fed
        starved.write({"content_id": False, "content_version": 0, "content_reason": False})
        fed.enrollment_id._note_content_used_up(False)
        for word, touches in starved.grouped(lambda touch: choices[touch]).items():
            touches._skip(word)
            touches.enrollment_id._note_content_used_up(word != FAILS)
            touches.enrollment_id._rest_for_content()
        return plain

    def _render_content(self):
        """Make the e-mails of these touches, of one step, sender and piece, in one go.

        :raises ContentFailed: the piece can't be written for one of the leads.
        """
        # sudo: a sender need see neither the mailing nor a lead that has no salesperson yet
        mailing, sender = self.content_id.sudo(), self.user_id
        self._forget_dead_traces()
        composer = (
            self.env["mail.compose.message"]
            .with_user(sender)
            .sudo()
            .with_context(
                default_composition_mode="mass_mail",
                default_model="crm.lead",
                default_res_ids=self.lead_id.ids,
                mail_composer_force_partners=False,
                post_convert_links=mailing._get_link_tracker_values(),
            )
        )
        try:
            mails, _messages = composer.create(
                {
                    **self._prepare_composer_vals(self.step_id, sender),
                    **mailing._prepare_content_composer_vals(),
                }
            )._action_send_mail()
        except OperationalError:
            raise  # two transactions met: the scheduler tries again
        except Exception as error:  # whatever a text may do wrong; told by who queues it
            raise ContentFailed(mailing) from error
        self._take_mails(mails)

    def _forget_dead_traces(self):
        """Drop the traces of attempts to give these leads this piece that came to nothing.

        Its mailing would take them for e-mails that went out, and write to nobody again.
        """
        leads = self.lead_id
        addresses = list(set(leads.mapped("email_normalized")) - {False})
        # sudo: whoever works with leads need not see mailings
        traces = self.env["mailing.trace"].sudo()
        traces.search(
            Domain("mass_mailing_id", "=", self.content_id.id)
            & Domain("trace_status", "in", ("cancel", "error"))
            & (
                (Domain("model", "=", leads._name) & Domain("res_id", "in", leads.ids))
                | Domain("email", "in", addresses)
            )
        ).unlink()

    def _note_template(self):
        """Leave out the template where the text is a piece of content."""
        given = self.filtered("content_id")
        given.filtered("template_id").write({"template_id": False})
        return super(LeadTouch, self - given)._note_template()

    def _describe_failure(self, error):
        """Say which piece it was, and note that: another is chosen until it is corrected."""
        if not isinstance(error, ContentFailed):
            return super()._describe_failure(error)
        self.write({"content_id": error.mailing_id, "content_version": error.version})
        return self.env._(
            "The content “%(content)s” fails for this lead: %(error)s",
            content=self.content_id.sudo().subject,
            error=get_first_cause(error),
        )

    @api.model
    def _get_content_fault_domain(self):
        """Return which touches tell that a piece could not be written for their lead."""
        return (
            Domain("state", "=", "failed")
            & Domain("content_id", "!=", False)
            & Domain("mail_id", "=", False)
        )

    def _is_content_fault_mended(self):
        """Tell whether the piece that failed for this lead has another text by now."""
        self.ensure_one()
        return (
            self.state == "failed" and self.content_version != self.content_id.lead_content_version
        )
