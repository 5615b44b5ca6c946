from odoo import fields, models


class LeadImportRow(models.Model):
    """A row whose words are erased: that it was there, and what became of it, stays."""

    _inherit = "lead.import.row"

    forgotten_at = fields.Datetime("Erased On", readonly=True)

    def _forget(self):
        """Erase what these rows say, and the photos that came with them; their verdicts stay."""
        marks = [row._get_photo_mark() for row in self]
        self.env["ir.attachment"].sudo().search(  # sudo: kept with the import by the program
            [("res_model", "=", "lead.import"), ("description", "in", marks)]
        ).unlink()
        for flags, rows in self.grouped(lambda row: tuple(map(_get_word, row.flags))).items():
            rows.write(
                {
                    "cells": [],
                    # Not empty: that would read as False, where a row always has a dict.
                    "values": {"further": {}},
                    "undo_values": {"values": {}},
                    "flags": list(flags),
                    "forgotten_at": fields.Datetime.now(),
                }
            )

    def _get_photo_mark(self):
        """Return what the photo of a card is known by as this row's."""
        self.ensure_one()
        return f"{self._name},{self.id}"

    def _describe_reason(self):
        text = super()._describe_reason()
        if not self.forgotten_at:
            return text
        erased = self.env._("What it said is erased")
        return f"{text} · {erased}" if text else erased


def _get_word(flag):
    """Return a flag without what the row said: of ``two_emails:a@b.example`` the word."""
    return flag.partition(":")[0]
