"""A clinic's colour as tokens of our stylesheet."""

from trials.partners.accent import DARK, LIGHT, Shade, shade


def accent_style(colour: str) -> str:
    """The tokens in both schemes; nothing for a clinic without a colour. Paper is black on white, whoever prints."""
    if not colour:
        return ""
    dark = _tokens(shade(colour, DARK))
    light = _tokens(shade(colour, LIGHT))
    return f"@media screen {{ {light}}}\n@media screen and (prefers-color-scheme: dark) {{ {dark}}}\n"


def _tokens(one: Shade) -> str:
    return f":root {{ --accent: {one.accent}; --on-accent: {one.on_accent}; --tint: {one.tint}; }}\n"
