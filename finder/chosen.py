"""The studies that an address names (`?ids=NCT01234567,NCT07654321`): those somebody has saved or wants to compare."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trials.study_ids import study_id_of

MOST_CHOSEN = 50  # studies; an address with more is too long to send to anybody
# "NCT 0123 4567" is one number, as people write it.
_BETWEEN = re.compile(r"(?<!nct)(?<!hand)[,;\s]+(?=\D|\d{8}\b)", re.I)
_LONGEST_SHOWN = 40  # characters of something that is no number of a study


@dataclass(frozen=True, slots=True)
class Chosen:
    """`ids` in the order of the address, each once; `unread` is what is no number of a study; `over`, how many are left
    out because there are too many.
    """

    ids: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    over: int = 0

    @property
    def as_text(self) -> str:
        """As addresses have it."""
        return ",".join(self.ids)


def read_chosen(texts: Iterable[str], most: int = MOST_CHOSEN) -> Chosen:
    """`texts` as `QueryDict.getlist` gives them: several fields, or one with several numbers."""
    parts = [part.strip() for text in texts for part in _BETWEEN.split(text) if part.strip()]
    read = [(part, study_id_of(part)) for part in parts]
    ids = tuple(dict.fromkeys(found for _, found in read if found))
    unread = tuple(dict.fromkeys(part[:_LONGEST_SHOWN] for part, found in read if not found))
    return Chosen(ids[:most], unread, max(0, len(ids) - most))
