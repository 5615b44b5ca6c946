"""Why a whole file is refused: one class a reason, each with a code and a next step."""


class FileRefused(Exception):
    """A file that cannot be imported; ``str()`` says what is wrong and what to do next.

    ``code`` is stable and short, for tests, logs and translations of the sentence; the
    numbers a sentence holds are in ``values``.
    """

    code = "refused"
    sentence = "This file cannot be read. Export it again as CSV (UTF-8) or XLSX."

    def __init__(self, **values):
        self.values = values
        super().__init__(self.sentence % values)


class FileEmpty(FileRefused):
    """Nothing in it: zero bytes, only blanks, or a workbook whose sheets hold nothing."""

    code = "empty"
    sentence = "The file is empty. Export it again from the scanner's portal and load the new file."


class HeadingsOnly(FileRefused):
    """Headings, and not one row below them."""

    code = "headings_only"
    sentence = (
        "The file has headings and no rows below them. "
        "Check the date or filter chosen for the export, then load the new file."
    )


class FormatMismatch(FileRefused):
    """The contents are of a kind we do not read, whatever the name says."""

    code = "format_mismatch"
    sentence = (
        "“%(file_name)s” is %(found)s, not a list of leads. "
        "Export the list as CSV, XLSX, XLS, ODS or vCard and load that file."
    )


class WebPage(FormatMismatch):
    """A page of a web site, mostly the login page of the organiser's portal."""

    code = "web_page"
    sentence = (
        "“%(file_name)s” is a web page, not an export; often that is the login page of the portal. "
        "Sign in there, export the list again, and load the new file."
    )


class BinaryContent(FormatMismatch):
    """NUL bytes or other control characters where text should be."""

    code = "binary"
    sentence = (
        "“%(file_name)s” holds bytes that are not text (the first at byte %(position)d). "
        "The file is damaged or of another kind; export it again as CSV (UTF-8) or XLSX."
    )


class ArchiveBroken(FileRefused):
    """A workbook that breaks off or whose parts do not fit together."""

    code = "archive_broken"
    sentence = (
        "The workbook is damaged or was not fully downloaded. "
        "Download it again, or open it in a spreadsheet program and save it as XLSX."
    )


class ArchiveLocked(FileRefused):
    """A workbook behind a password."""

    code = "archive_locked"
    sentence = (
        "The workbook is protected by a password. "
        "Open it in a spreadsheet program, remove the password, save it and load it again."
    )


class TooLarge(FileRefused):
    """More than the limits allow; the subclasses say of what."""

    code = "too_large"
    sentence = (
        "The file has %(size)d bytes; the limit is %(limit)d. "
        "Split it in parts, or raise the limit in Settings → CRM."
    )


class TooLargeUnpacked(TooLarge):
    """A small archive that unpacks to a huge one."""

    code = "too_large_unpacked"
    sentence = (
        "The workbook unpacks to more than %(limit)d bytes. "
        "Save only the sheet with the leads as CSV, or raise the limit in Settings → CRM."
    )


class TooManyRows(TooLarge):
    """More rows than the limit."""

    code = "too_many_rows"
    sentence = (
        "The file has more than %(limit)d rows. "
        "Split it in parts, or raise the limit in Settings → CRM."
    )


class TooManyColumns(TooLarge):
    """More columns than the limit."""

    code = "too_many_columns"
    sentence = (
        "The file has %(size)d columns; the limit is %(limit)d. "
        "Remove the columns you do not need, or raise the limit in Settings → CRM."
    )


class CellTooLong(TooLarge):
    """One cell holds more text than the limit, often for a quotation mark that never closes."""

    code = "cell_too_long"
    sentence = (
        "Row %(row)d, column %(column)d holds %(size)d characters; the limit is %(limit)d. "
        "Shorten the cell (or close its quotation mark) and load the file again."
    )
