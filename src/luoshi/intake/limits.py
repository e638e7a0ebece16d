"""How much a strange file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes, times in seconds; the reason for each default stands beside it.

    A report has 10,000 to 50,000 characters; the defaults leave room for a yearbook and stop a bomb.
    """

    file_bytes: int = 50 * MEGABYTE  # a scanned report of 200 pages is about 30 MB
    text_bytes: int = 20 * MEGABYTE  # plain text is read in this process: four bytes a character at most
    characters: int = 5_000_000  # a hundred long reports
    unpacked_bytes: int = 200 * MEGABYTE  # all parts of a zip container together, as their headers declare
    part_ratio: int = 200  # unpacked to packed, of one part; Word's own XML stays below 60
    small_part_bytes: int = MEGABYTE  # below this a part may be packed as tightly as it likes
    parts: int = 5_000  # files in a zip container; a docx has 10 to 200
    depth: int = 256  # XML or HTML elements inside each other; nested tables in Word reach about 60
    cells: int = 1_000_000  # of one sheet of a workbook; a year of monthly readings of a county is about 10,000
    pages: int = 2_000  # of a PDF or OFD
    cpu_seconds: int = 10  # of the child; a report takes less than 1
    wall_seconds: int = 30  # of the child, also when it only waits
    memory_bytes: int = 1024 * MEGABYTE  # address space of the child, the interpreter and libraries included
    open_files: int = 64  # in the child
    recognised_pages: int = 300  # pages read by character recognition
    recognised_seconds: int = 120  # CPU and wall for one such page; 3 to 20 are usual
    recognised_bytes: int = 6144 * MEGABYTE  # address space of the child that recognises; models and their threads


DEFAULT = Limits()
