from odoo import models


class LeadImport(models.Model):
    """Why a file is refused, in the language of the person who imports."""

    _inherit = "lead.import"

    def _describe_refusal(self, refusal):
        """Return what is wrong with a file and what to do next.

        :param refusal: an ``intake.FileRefused``; one whose code is not known here speaks English.
        """
        values = dict(refusal.values)
        if "found" in values:
            values["found"] = self._get_file_kinds().get(values["found"], values["found"])
        describe = {
            **self._get_refusals_of_contents(),
            **self._get_refusals_of_size(),
        }.get(refusal.code)
        return describe(values) if describe else str(refusal)

    def _get_refusals_of_contents(self):
        """Return ``{code: sentence of the refusal's values}`` of what cannot be read."""
        return {
            "refused": lambda values: self.env._(
                "This file cannot be read. Export it again as CSV (UTF-8) or XLSX."
            ),
            "empty": lambda values: self.env._(
                "The file is empty. Export it again from the scanner's portal and load the new "
                "file."
            ),
            "headings_only": lambda values: self.env._(
                "The file has headings and no rows below them. Check the date or filter chosen "
                "for the export, then load the new file."
            ),
            "format_mismatch": lambda values: self.env._(
                "“%(file_name)s” is %(found)s, not a list of leads. Export the list as CSV, XLSX, "
                "XLS, ODS or vCard and load that file.",
                **values,
            ),
            "web_page": lambda values: self.env._(
                "“%(file_name)s” is a web page, not an export; often that is the login page of "
                "the portal. Sign in there, export the list again, and load the new file.",
                **values,
            ),
            "binary": lambda values: self.env._(
                "“%(file_name)s” holds bytes that are not text (the first at byte %(position)d). "
                "The file is damaged or of another kind; export it again as CSV (UTF-8) or XLSX.",
                **values,
            ),
            "archive_broken": lambda values: self.env._(
                "The workbook is damaged or was not fully downloaded. Download it again, or open "
                "it in a spreadsheet program and save it as XLSX."
            ),
            "archive_locked": lambda values: self.env._(
                "The workbook is protected by a password. Open it in a spreadsheet program, "
                "remove the password, save it and load it again."
            ),
        }

    def _get_refusals_of_size(self):
        """Return ``{code: sentence of the refusal's values}`` of what is beyond a limit."""
        return {
            "too_large": lambda values: self.env._(
                "The file has %(size)d bytes; the limit is %(limit)d. Split it in parts, or raise "
                "the limit in Settings → CRM.",
                **values,
            ),
            "too_large_unpacked": lambda values: self.env._(
                "The workbook unpacks to more than %(limit)d bytes. Save only the sheet with the "
                "leads as CSV, or raise the limit in Settings → CRM.",
                **values,
            ),
            "too_many_rows": lambda values: self.env._(
                "The file has more than %(limit)d rows. Split it in parts, or raise the limit in "
                "Settings → CRM.",
                **values,
            ),
            "too_many_columns": lambda values: self.env._(
                "The file has %(size)d columns; the limit is %(limit)d. Remove the columns you do "
                "not need, or raise the limit in Settings → CRM.",
                **values,
            ),
            "cell_too_long": lambda values: self.env._(
                "Row %(row)d, column %(column)d holds %(size)d characters; the limit is "
                "%(limit)d. Shorten the cell (or close its quotation mark) and load the file "
                "again.",
                **values,
            ),
        }

    def _get_file_kinds(self):
        """Return ``{kind as the reader names it: kind in the user's language}``."""
        return {
            "a PDF document": self.env._("a PDF document"),
            "a picture": self.env._("a picture"),
            "a gzip archive": self.env._("a gzip archive"),
            "a RAR archive": self.env._("a RAR archive"),
            "a 7-Zip archive": self.env._("a 7-Zip archive"),
            "a text document": self.env._("a text document"),
            "a database": self.env._("a database"),
            "a program": self.env._("a program"),
            "an XML document": self.env._("an XML document"),
            "a JSON document": self.env._("a JSON document"),
            "an Office document without sheets": self.env._("an Office document without sheets"),
            "an archive of other files": self.env._("an archive of other files"),
        }
