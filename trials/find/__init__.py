"""A search and what it finds, in order, counted and with its places. Reads only."""

from trials.find.counts import Counts, country_counts, counts_of
from trials.find.excerpts import BEGIN, END, GAP, excerpts
from trials.find.matching import find_trials, matching, other_disease_count, wide_count, without_missing_words
from trials.find.near import NearestSite, nearest_sites
from trials.find.order import STATUS_ORDER, in_list_order, in_order_of, keys_of_page
from trials.find.places import (
    OpennessThere,
    PlaceCount,
    open_count,
    open_countries,
    open_counts_by_condition,
    openness_in,
    places_of,
)
from trials.find.search import Near, Search, Sort
from trials.find.sponsors import sponsors_called

__all__ = [
    "BEGIN",
    "END",
    "GAP",
    "STATUS_ORDER",
    "Counts",
    "Near",
    "NearestSite",
    "OpennessThere",
    "PlaceCount",
    "Search",
    "Sort",
    "country_counts",
    "counts_of",
    "excerpts",
    "find_trials",
    "in_list_order",
    "in_order_of",
    "keys_of_page",
    "matching",
    "nearest_sites",
    "open_count",
    "open_countries",
    "open_counts_by_condition",
    "openness_in",
    "other_disease_count",
    "places_of",
    "sponsors_called",
    "wide_count",
    "without_missing_words",
]
