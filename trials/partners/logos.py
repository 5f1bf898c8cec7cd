"""A clinic's logo: whatever was uploaded, drawn anew as a small PNG."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

LARGEST_UPLOAD = 2_000_000  # bytes
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MOST_PIXELS = 20_000_000  # of the upload, before anything is drawn
_LARGEST = (480, 120)  # twice the room that a page has, for fine screens


class LogoError(ValueError):
    """The file is no picture that we can read, or too large a one."""


@dataclass(frozen=True, slots=True)
class Logo:
    """`width` and `height` are those at which it is shown, in CSS pixels; the picture itself has twice as many."""

    png: bytes
    width: int
    height: int


def drawn(upload: BinaryIO) -> Logo:
    """The picture without anything that came along with it: no metadata, no second file within. Raises LogoError."""
    try:
        with Image.open(upload, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise LogoError
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoError from error
    upright.thumbnail(_LARGEST)
    fresh = Image.new("RGBA", upright.size)
    fresh.paste(upright)
    written = BytesIO()
    fresh.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), max(1, round(fresh.width / 2)), max(1, round(fresh.height / 2)))
