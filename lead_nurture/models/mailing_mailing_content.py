from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools import content

_TEXT = {"subject", "preview", "body_html", "attachment_ids"}  # what a reader gets


class MailingMailing(models.Model):
    """A mailing in the library of content: tracks choose by rule which one a lead gets next.

    Its tags say for whom it is; without any it is for all. A piece and its translations are one
    piece: nobody gets it twice, in whichever language. It is never sent to all from here.
    """

    _inherit = "mailing.mailing"

    is_lead_content = fields.Boolean(
        "Content of Tracks",
        index=True,
        help="Tracks choose from these what a lead gets next, and never the same one twice.",
    )
    is_lead_content_ready = fields.Boolean(
        "Ready",
        default=True,
        help="Switch it on once text and design are as readers shall get them.",
    )
    lead_content_version = fields.Integer(default=1, readonly=True, copy=False)
    text_fault_told_at = fields.Datetime(
        readonly=True, copy=False, help="Since when somebody knows that its text fails for leads."
    )
    lead_sequence = fields.Integer("Order in the Library", default=10)
    lead_lang_id = fields.Many2one(
        "res.lang", "Written in", help="Empty: for readers of any language."
    )
    lead_translation_of_id = fields.Many2one(
        "mailing.mailing",
        "Translation of",
        index="btree_not_null",
        copy=False,
        domain="[('is_lead_content', '=', True), ('lead_translation_of_id', '=', False),"
        " ('id', '!=', id)]",
        help="The piece that this one says in another language. It shares its tags and its order.",
    )
    lead_translation_ids = fields.One2many("mailing.mailing", "lead_translation_of_id")
    lead_interest_ids = fields.Many2many(
        "lead.interest", "mailing_mailing_lead_interest_rel", string="For Interests"
    )
    lead_segment_ids = fields.Many2many(
        "lead.segment", "mailing_mailing_lead_segment_rel", string="For Segments"
    )
    lead_lifecycle = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["lifecycle"]._description_selection(self.env),
        "For Stage",
    )
    lead_company_id = fields.Many2one(
        "res.company", "For Leads of", help="Empty: for the leads of all companies."
    )

    @api.constrains("is_lead_content", "mailing_model_id", "mailing_type", "ab_testing_enabled")
    def _check_lead_content(self):
        for mailing in self.filtered("is_lead_content"):
            if mailing.mailing_model_real != "crm.lead" or mailing.mailing_type != "mail":
                raise ValidationError(
                    self.env._(
                        "“%(mailing)s” is no e-mail to leads, so that no track can give it.\n"
                        "Choose Lead/Opportunity as its recipients, or take it out of the library.",
                        mailing=mailing.subject,
                    )
                )
            if mailing.ab_testing_enabled:
                raise ValidationError(
                    self.env._(
                        "“%(mailing)s” is one version of an A/B test, which goes to all at once.\n"
                        "Switch the test off, or take it out of the library.",
                        mailing=mailing.subject,
                    )
                )

    @api.constrains("lead_translation_of_id", "lead_lang_id")
    def _check_lead_translation(self):
        for mailing in self.filtered("lead_translation_of_id"):
            original = mailing.lead_translation_of_id
            if (
                original == mailing
                or original.lead_translation_of_id
                or mailing.with_context(active_test=False).lead_translation_ids
            ):
                raise ValidationError(
                    self.env._(
                        "“%(mailing)s” is a translation of a translation.\n"
                        "Choose the piece that was written first as the one it translates.",
                        mailing=mailing.subject,
                    )
                )
            if not mailing.lead_lang_id:
                raise ValidationError(
                    self.env._(
                        "“%(mailing)s” is a translation without a language. Choose its language.",
                        mailing=mailing.subject,
                    )
                )

    def write(self, vals):
        changed = self.filtered(
            lambda mailing: mailing.is_lead_content and mailing._is_text_changed_by(vals)
        )
        result = super().write(vals)
        for mailing in changed:
            mailing.lead_content_version += 1
            mailing.text_fault_told_at = False
        if changed:
            self.env["lead.touch"]._try_texts_again([("content_id", "in", changed.ids)])
        return result

    def copy_data(self, default=None):
        """Let a copy of a piece wait until somebody has made another text of it."""
        return [
            {**vals, "is_lead_content_ready": False} if vals.get("is_lead_content") else vals
            for vals in super().copy_data(default)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_lead_content_in_use(self):
        """Keep what leads have had: whoever had it, and what came of it, would be forgotten."""
        # sudo: whoever deletes mailings need not see leads or tracks
        touches = self.env["lead.touch"].sudo()
        given = touches._read_group(
            [("content_id", "in", self.ids), ("state", "in", ("sending", "done", "doubtful"))],
            ["content_id"],
            ["__count"],
        )
        for mailing, count in given:
            raise UserError(
                self.env._(
                    "“%(mailing)s” was given to leads, so many: %(count)s.\n"
                    "Archive it: nobody gets it any more, and what came of it stays.",
                    mailing=mailing.subject,
                    count=count,
                )
            )
        translations = self.with_context(active_test=False).lead_translation_ids - self
        if translations:
            raise UserError(
                self.env._(
                    "“%(mailing)s” has translations, which belong to it.\n"
                    "Archive it, or delete them first.",
                    mailing=translations[0].lead_translation_of_id.subject,
                )
            )

    def _is_text_changed_by(self, vals):
        self.ensure_one()
        return any(
            name == "attachment_ids" or (vals[name] or "") != (self[name] or "")
            for name in _TEXT & vals.keys()
        )

    def _is_in_library(self):
        """Tell whether tracks may give this to leads now."""
        self.ensure_one()
        return self.is_lead_content and self.is_lead_content_ready and self.active

    def _get_piece(self):
        """Return the piece that this is, or is a translation of."""
        return self.lead_translation_of_id or self

    @api.model
    def _get_library(self, companies):
        """Return ``{company: [content.Version]}`` of what tracks may give; a few queries."""
        ready = self.search(
            Domain("is_lead_content", "=", True)
            & Domain("is_lead_content_ready", "=", True)
            & Domain("active", "=", True)  # also where lost leads are looked at
        )
        return {
            company: [
                mailing._as_version()
                for mailing in ready
                if mailing._get_piece().lead_company_id in (company, company.browse())
            ]
            for company in companies
        }

    def _as_version(self):
        piece = self._get_piece()
        return content.Version(
            ref=self.id,
            key=piece.id,
            order=(piece.lead_sequence, piece.id, self.id),
            lang=self.lead_lang_id.code or "",
            interests=frozenset(piece.lead_interest_ids.ids),
            segments=frozenset(piece.lead_segment_ids.ids),
            stages=frozenset(filter(None, [piece.lead_lifecycle])),
        )

    def _prepare_content_composer_vals(self):
        """Return what the composer makes this mailing's e-mails from, as the mailing would."""
        self.ensure_one()
        return {
            "subject": self.subject,
            "body": self._prepend_preview(self.body_html or "", self.preview),
            "lang": "{{ object.lang_code or '' }}",
            "attachment_ids": [(4, attachment.id) for attachment in self.attachment_ids],
            "mail_server_id": self.mail_server_id.id,
            "mass_mailing_id": self.id,
            "message_type": "notification",
            "template_id": False,
        }
