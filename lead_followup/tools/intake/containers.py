"""What kind of file the bytes are, by what is in them and never by the name."""

import io
import re
import zipfile
import zlib

from .compound_files import check_chains
from .errors import (
    ArchiveBroken,
    ArchiveLocked,
    FileEmpty,
    FormatMismatch,
    TooLarge,
    TooLargeUnpacked,
    WebPage,
)
from .shapes import Limits

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS_BY_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_HTML = re.compile(rb"<(!doctype html|html|head|body|script|meta|title)[\s>]", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_XML_SHEETS = b"urn:schemas-microsoft-com:office:spreadsheet"
_CHUNK = 1 << 20


def sniff_container(content: bytes, file_name: str, limits: Limits) -> str:
    """Return "xlsx", "xls", "ods", "html", "xml", "vcard" or "text".

    :raises FileRefused: too large, empty, locked, broken, or of a kind we do not read.

    >>> sniff_container(b"Name,Email", "x.xlsx", Limits())
    'text'
    """
    if len(content) > limits.max_bytes:
        raise TooLarge(size=len(content), limit=limits.max_bytes)
    if not content.strip(b"\x00 \t\r\n"):
        raise FileEmpty()
    if content.startswith(_ZIP):
        return _sniff_zip(content, file_name, limits)
    if content.startswith(_OLE):
        return _sniff_ole(content, file_name)
    for magic, kind in _KINDS_BY_MAGIC:
        if content.startswith(magic):
            raise FormatMismatch(file_name=file_name, found=kind)
    return _sniff_text(content, file_name)


def _sniff_text(content: bytes, file_name: str) -> str:
    """Tell contact cards, tables in markup and plain text from markup that is none of them."""
    # UTF-16 is looked at without its zero bytes; good enough for ASCII marks
    head = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:11].upper() == b"BEGIN:VCARD":
        return "vcard"
    if head.startswith(b"<"):
        if _XML_SHEETS in head and _XML.match(head):
            return "xml"
        if _HTML.search(head) or _TABLE.match(head):
            if _TABLE.search(content.replace(b"\x00", b"")):
                return "html"
            raise WebPage(file_name=file_name)
        if _XML.match(head):
            raise FormatMismatch(file_name=file_name, found="an XML document")
    if head.startswith((b"{", b"[{")) and b'":' in head:
        raise FormatMismatch(file_name=file_name, found="a JSON document")
    return "text"


def _sniff_ole(content: bytes, file_name: str) -> str:
    """Tell an XLS workbook from a locked XLSX and from other old Office files."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ArchiveLocked()
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        check_chains(content)
        return "xls"
    raise FormatMismatch(file_name=file_name, found="an Office document without sheets")


def _sniff_zip(content: bytes, file_name: str, limits: Limits) -> str:
    """Tell XLSX from ODS, and prove the archive whole before a reader trusts it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind_of_zip(archive)
            if kind is None:
                raise FormatMismatch(file_name=file_name, found="an archive of other files")
            _unpack_within(archive, limits.max_unpacked_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ArchiveBroken() from error
    return kind


def _kind_of_zip(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise ArchiveLocked()
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in _read_head(archive, "mimetype", 200):
            return None
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in _read_head(archive, manifest, 1 << 20):
            raise ArchiveLocked()
        return "ods"
    return None


def _read_head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Return the first bytes of a part; a small archive may hold a part of any size."""
    with archive.open(name) as part:
        return part.read(size)


def _unpack_within(archive: zipfile.ZipFile, limit: int) -> None:
    """Unpack every part once, counting what really comes out and checking its sum.

    The sizes an archive states about itself are only believed when they are too large.
    """
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > limit:
        raise TooLargeUnpacked(limit=limit)
    left = limit
    for info in infos:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise TooLargeUnpacked(limit=limit)
