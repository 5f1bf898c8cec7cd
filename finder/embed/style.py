"""A clinic's colour as tokens of our stylesheet."""

from trials.partners.accent import DARK, LIGHT, Shade, shade


def accent_style(colour: str) -> str:
    """The tokens in both schemes; nothing for a clinic without a colour."""
    if not colour:
        return ""
    dark = _tokens(shade(colour, DARK))
    return f"{_tokens(shade(colour, LIGHT))}@media (prefers-color-scheme: dark) {{ {dark}}}\n"


def _tokens(one: Shade) -> str:
    return f":root {{ --accent: {one.accent}; --on-accent: {one.on_accent}; --tint: {one.tint}; }}\n"
