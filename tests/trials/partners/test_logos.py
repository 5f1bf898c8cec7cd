from io import BytesIO

import pytest
from PIL import Image

from trials.partners.logos import LogoError, drawn


def picture(form, size=(960, 400), **more):
    written = BytesIO()
    Image.new("RGB", size, "#8a1f5c").save(written, form, **more)
    return BytesIO(written.getvalue())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_as_a_small_png(form):
    logo = drawn(picture(form))
    with Image.open(BytesIO(logo.png)) as shown:
        assert (shown.format, shown.size) == ("PNG", (288, 120))
    assert (logo.width, logo.height) == (144, 60)


def test_nothing_that_came_along_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "a marked word"
    upload = picture("JPEG", exif=exif)
    logo = drawn(BytesIO(upload.getvalue() + b"<script>a marked word</script>"))
    assert b"marked word" not in logo.png


@pytest.mark.parametrize(
    "upload", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(upload):
    with pytest.raises(LogoError):
        drawn(BytesIO(upload))


def test_a_picture_that_would_fill_the_memory_is_refused():
    with pytest.raises(LogoError):
        drawn(picture("PNG", size=(10_000, 4_000)))
