"""QR codes as drawings of our own: pages allow no styles within them, and scripts draw nothing here."""

from dataclasses import dataclass

import segno

_QUIET = 4  # modules of white on each side: less, and many a phone finds no code


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark modules, each one unit wide, on a square of `size` units."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """Level M: it can still be read when a seventh of it is lost to a fold or a stain."""
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    drawn = "".join(_row(bytes(row), y) for y, row in enumerate(rows, _QUIET))
    return QrCode(len(rows) + 2 * _QUIET, drawn)


def _row(modules: bytes, y: int) -> str:
    """Dark modules side by side are one stroke: single squares would show hairlines between them in print."""
    drawn, start = [], 0
    while (start := modules.find(1, start)) >= 0:
        end = modules.find(0, start)
        end = len(modules) if end < 0 else end
        drawn.append(f"M{start + _QUIET} {y}h{end - start}v1H{start + _QUIET}z")
        start = end
    return "".join(drawn)
