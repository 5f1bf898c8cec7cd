"""What an address under `/embed/` says. No database."""

import re
from dataclasses import dataclass

PREFIX = "/embed/"
_ADDRESS = re.compile(r"/embed/(?P<key>[^/]+)(?P<rest>/.*)?", re.DOTALL)
_KEY = re.compile(r"[-\w]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EmbedAddress:
    """`root` is what all addresses of the partner begin with; `rest`, as a site of its own would have the path."""

    key: str
    root: str
    rest: str

    @property
    def may_be_known(self) -> bool:
        """Whether a partner could have the key."""
        return bool(_KEY.fullmatch(self.key))


def embed_address(path: str) -> EmbedAddress | None:
    """None for a page that belongs to no partner."""
    found = _ADDRESS.fullmatch(path)
    return EmbedAddress(found["key"], f"{PREFIX}{found['key']}/", found["rest"] or "/") if found else None
