"""The text of a PDF that Chromium printed, page by page, in the order in which it was drawn.

Only what such files need: plain objects, compressed streams, glyphs that a table of the font turns into letters.
"""

import re
import unicodedata
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(r"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")


def pages_of(pdf: bytes) -> list[str]:
    """Without blanks, which a PDF does not keep, and with ligatures taken apart."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    sheets = [body for body in objects.values() if b"/Type /Page\n" in body]
    return ["".join(unicodedata.normalize("NFKC", _text(body, objects)).split()) for body in sheets]


def _text(sheet: bytes, objects: dict[int, bytes]) -> str:
    fonts = {name: _letters(objects[number], objects) for name, number in _references(sheet, rb"/(F\d+) (\d+) 0 R")}
    ((_, contents),) = _references(sheet, rb"/(Contents) (\d+) 0 R")
    letters: dict[str, str] = {}
    shown = []
    for font, glyphs in _SHOWN.findall(_stream(objects[contents])):
        if font:
            letters = fonts[font]
        else:
            shown += [letters.get(glyphs[place : place + 4].upper(), "") for place in range(0, len(glyphs), 4)]
    return "".join(shown)


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[str, str]:
    """Each glyph of a font, as four hexadecimal digits, and what it stands for."""
    found: dict[str, str] = {}
    for _, number in _references(font, rb"/(ToUnicode) (\d+) 0 R"):
        table = _stream(objects[number])
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            found.update({glyph.upper(): _decoded(text) for glyph, text in re.findall(r"<(\w+)> <(\w+)>", block)})
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for first, last, text in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    found[f"{int(first, 16) + step:04X}"] = chr(int(text, 16) + step)
    return found


def _references(body: bytes, pattern: bytes) -> list[tuple[str, int]]:
    return [(name.decode(), int(number)) for name, number in re.findall(pattern, body.split(b"stream\n")[0])]


def _stream(body: bytes) -> str:
    head, _, rest = body.partition(b"stream\n")
    length = re.search(rb"/Length (\d+)", head)
    assert length is not None
    content = rest[: int(length[1])]
    return (zlib.decompress(content) if b"/FlateDecode" in head else content).decode("latin-1")


def _decoded(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be")
