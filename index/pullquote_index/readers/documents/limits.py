"""The limits within which documents and archives are read. Each has its unit in its name."""

CPU_SECONDS = 30
"""A parser's processor time for one document, or between two documents of one file."""
PDF_SECONDS = 2.0
"""The processor time of a PDF file, beside that of its pages."""
PDF_PAGE_SECONDS = 0.1
"""The processor time of a page of it; one of 5,000 characters takes half."""
PDF_GRACE_SECONDS = 1.0
"""After so much more processor time the process is ended in the middle of a call of pdfium."""
WAIT_SECONDS = 600
"""The time from a request to its first result, and between two results."""
ARTICLE_MEMORY_BYTES = 128 << 20
"""By how much a file of at most `articles.max_bytes` may make a parser's address space grow. On
macOS, which has no such limit, its resident memory."""
MEMORY_BYTES = 1 << 30
"""The same for a larger file: it has many articles, or images."""
IDLE_SECONDS = 30
"""A parser's process that had nothing to read for so long is ended."""
DOCUMENT_BYTES = 256 << 20
"""The largest PDF or DOCX file. Most of it is images; the text is limited by articles.max_bytes."""
DOCX_UNPACKED_BYTES = 128 << 20
"""The text parts of a DOCX file, which is a zip file, unpacked."""
PDF_PAGES = 1_000
"""The most pages of a PDF file."""
MESSAGE_BYTES = 64 << 20
"""The largest message, with its attachments."""
PROBLEMS = 100
"""The maximum number of a file's problems that are listed; the others are only counted."""
MEMBERS = 100_000
"""The most files in an archive."""
DIRECTORY_BYTES = 64 << 20
"""The largest list of files in a zip file."""
MEMBER_BYTES = 4 << 30
"""The largest unpacked file in an archive."""
ARCHIVE_BYTES = 64 << 30
"""All readable files of an archive, unpacked."""
UNPACKED_RATIO = 200
"""Unpacked bytes for each packed byte; text has at most about 20."""
RATIO_FREE_BYTES = 16 << 20
"""The first bytes of a file, to which the ratio does not apply: an empty table packs well."""
JSON_BYTES = 128 << 20
"""The largest export in JSON, which is parsed as a whole."""
PDF_OVER_TIME = (
    f"takes more than {PDF_SECONDS:g} seconds of processor time, "
    f"and {PDF_PAGE_SECONDS:g} for each page, to read"
)
"""What is wrong with a PDF file that takes longer."""


def out_of_memory(memory_bytes: int) -> str:
    """What is wrong with a file that needs more memory than this."""
    return f"needs more than {memory_bytes >> 20:,} MB of memory to read"
