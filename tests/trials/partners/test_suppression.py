"""No number that is kept back can be worked out from those that are shown, not even by somebody who knows the rules."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.partners.suppression import FEWEST, Shown, added, shown, shown_studies

FEW = Shown(1, FEWEST - 1)


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, Shown(0, 0)), (1, FEW), (4, FEW), (5, Shown(5, 5)), (812, Shown(812, 812))],
)
def test_a_count_is_shown_when_it_is_zero_or_no_longer_small(count, told):
    assert shown(count) == told


@given(st.lists(st.integers(0, 12), max_size=9), st.data())
def test_a_sum_tells_nothing_that_its_parts_do_not_tell(counts, data):
    """Any other counts that are shown alike have the same sum shown."""
    others = [data.draw(st.integers(1, FEWEST - 1)) if 0 < count < FEWEST else count for count in counts]
    told = added(map(shown, counts))
    assert told == added(map(shown, others))
    assert told.at_least <= sum(counts) <= told.at_most


def test_a_sum_with_one_hidden_part_is_no_exact_number():
    assert added([shown(12), shown(3)]) == Shown(13, 16)


# Views of one day and two studies in each of two stretches of time: no more pages of studies than pages.
MOST = 8
STRETCH = [(day, one, two) for day, one, two in product(range(MOST + 1), repeat=3) if one + two <= day]


def told_of(*stretches):
    days = [[shown(day)] for day, _one, _two in stretches]
    spans = [stretches[: n + 1] for n in range(len(stretches))]
    counts = {name: [sum(one[place] for one in span) for span in spans] for name, place in (("A", 1), ("B", 2))}
    told = shown_studies(days, counts)
    numbers = {("day", n): day for n, (day, *_studies) in enumerate(stretches)}
    numbers |= {(name, n): of_study[n] for name, of_study in counts.items() for n in range(len(spans)) if told[n]}
    shape = tuple(None if of_span is None else tuple(sorted(of_span.items())) for of_span in told)
    return (tuple(map(tuple, days)), shape), numbers


@pytest.mark.parametrize("stretches", [1, 2])
def test_no_hidden_number_can_be_worked_out_even_by_who_knows_the_rules(stretches):
    """Of all views that show the same, each hidden number has each of the small values somewhere; so that nothing is
    told of studies gives no day away, either.
    """
    values, withheld = defaultdict(lambda: defaultdict(set)), 0
    for views in product(STRETCH, repeat=stretches):
        told, numbers = told_of(*views)
        withheld += None in told[1]
        for place, number in numbers.items():
            if 0 < number < FEWEST:
                values[told][place].add(number)
    small = set(range(1, FEWEST))
    assert [(told, place) for told, found in values.items() for place in found if found[place] != small] == []
    assert withheld and len(values) > 10


SEVERAL = st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=6), min_size=1, max_size=3)


@given(SEVERAL, st.data())
def test_of_many_days_and_studies_none_can_be_worked_out(stretches, data):
    """Each hidden number could be any small one: there is room for it where all others are at their lowest."""
    room = [sum(days) for days in stretches]
    studies = {}
    for name in "ABCDE"[: data.draw(st.integers(0, 5))]:
        views = [data.draw(st.integers(0, left)) for left in room]
        room = [left - seen for left, seen in zip(room, views, strict=True)]
        studies[name] = [sum(views[: n + 1]) for n in range(len(views))]
    days = [list(map(shown, of_stretch)) for of_stretch in stretches]
    told = [of_span for of_span in shown_studies(days, studies) if of_span is not None]
    lowest = {name: [of_span.get(name, shown(0)).at_least for of_span in told] for name in studies}
    for name, span, value in product(studies, range(len(told)), range(1, FEWEST)):
        if told[span].get(name) == FEW:
            first = next(n for n in range(len(told)) if told[n].get(name) == FEW)
            totals = [max(total, value) if n >= first else total for n, total in enumerate(lowest[name])]
            assert all_fit({**lowest, name: totals}, days)
    for n, of_stretch in enumerate(days[: len(told)]):
        for place, one in enumerate(of_stretch):
            if one == FEW:
                low = [*of_stretch[:place], shown(0), *of_stretch[place + 1 :]]
                assert all_fit(lowest, [*days[:n], [*low, Shown(1, 1)], *days[n + 1 :]])


def all_fit(totals, days):
    """In no stretch more views of studies than of days at their highest."""
    return all(
        sum(of_study[n] - (of_study[n - 1] if n else 0) for of_study in totals.values()) <= added(days[n]).at_most
        for n in range(len(next(iter(totals.values()), ())))
    )


@pytest.mark.parametrize(
    ("days", "studies", "told"),
    [
        ([14], [1] * 14, False),  # each of the fourteen must have been opened once
        ([4], [1] * 4, False),
        ([9], [5, 1], True),
        ([8], [5, 3], False),
        ([1] * 9, [2] * 6, True),
        ([1] * 8, [2] * 6, False),
    ],
)
def test_studies_are_told_only_where_the_days_leave_room(days, studies, told):
    counts = {str(n): [count] for n, count in enumerate(studies)}
    assert (shown_studies([list(map(shown, days))], counts) != [None]) is told


def test_two_spans_give_no_number_away_by_their_difference():
    """Thirty days: fewer than 5. Ninety: 20. If the sixty between had 16 views in all, it were 4 in the thirty."""
    of_thirty = {"A": FEW}
    assert shown_studies([[shown(50)], [shown(16)]], {"A": [4, 20]}) == [of_thirty, None]
    assert shown_studies([[shown(50)], [shown(30)]], {"A": [4, 20]}) == [of_thirty, {"A": shown(20)}]


def test_a_new_clinic_is_told_of_its_studies_in_every_span():
    assert shown_studies([[shown(12)], [shown(0)], [shown(0)]], {"A": [2, 2, 2]}) == [{"A": FEW}] * 3
