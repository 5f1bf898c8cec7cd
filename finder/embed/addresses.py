"""What an address under `/embed/` says. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from finder.chosen import read_chosen

PREFIX = "/embed/"
LIST_BEGINS = "/~"  # the part of a path that holds a visitor's list
_ADDRESS = re.compile(r"/embed/(?P<key>[^/]+)(?P<saved>/~[^/]*)?(?P<rest>/.*)?", re.DOTALL)
_KEY = re.compile(r"[-\w]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EmbedAddress:
    """What all addresses of the partner begin with, and `rest`, as a site of its own would have the path.

    `saved` are the studies that a visitor has saved. A frame can keep nothing, so that they stand in every address:
    `/embed/<key>/~NCT01234567.NCT07654321/en/studies/`.
    """

    key: str
    rest: str
    saved: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        return f"{PREFIX}{self.key}/{'~' if self.saved else ''}{'.'.join(self.saved)}{'/' if self.saved else ''}"

    def with_saved(self, ids: Iterable[str]) -> "EmbedAddress":
        return replace(self, saved=read_chosen(ids).ids)

    def toggled(self, nct_id: str) -> "EmbedAddress":
        """The same page with the study on the list, or off it where it was on it."""
        rest = [one for one in self.saved if one != nct_id]
        return self.with_saved(rest if nct_id in self.saved else [*self.saved, nct_id])

    @property
    def may_be_known(self) -> bool:
        """Whether a partner could have the key."""
        return bool(_KEY.fullmatch(self.key))


def embed_address(path: str) -> EmbedAddress | None:
    """None for a page that belongs to no partner. What is no number of a study is left out of the list."""
    found = _ADDRESS.fullmatch(path)
    if found is None:
        return None
    saved = (found["saved"] or "").removeprefix("/~").split(".")
    return EmbedAddress(found["key"], found["rest"] or "/", read_chosen(saved).ids)
