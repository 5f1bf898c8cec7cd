"""What an intervention is, in plain words: a list of substances and products, and the code that finds them in names.

The lists are `drugs.toml`, `cells.toml` and `general.toml`. Pure Python: no Django, no database, no network.
"""

from trials.drugs.catalogue import ROUTES, VERSION, Drug, Kind, by_name, drugs, kind_of, kinds, messages
from trials.drugs.finding import find, find_all
from trials.drugs.ways import routes_in

__all__ = [
    "ROUTES",
    "VERSION",
    "Drug",
    "Kind",
    "by_name",
    "drugs",
    "find",
    "find_all",
    "kind_of",
    "kinds",
    "messages",
    "routes_in",
]
