""" "Did you mean": near misses of a name, and silence for words that are near to none."""

import pytest

from trials.conditions import suggest


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("lupuz", "sle"),
        ("scleradurma", "systemic-sclerosis"),
        ("schlrederma near boston", "systemic-sclerosis"),
        ("dermatomyositsi", "dermatomyositis"),
        ("polymyosits", "polymyositis"),
        ("jogren", "sjogren"),
        ("sjogrnes", "sjogren"),
        ("vascullitis", "vasculitis"),
        ("rheumatoyd artritis", "rheumatoid-arthritis"),
        ("antiphosfolipid sindrom", "aps"),
        ("churgstaruss", "egpa"),
        ("raynoods", "raynaud"),
        ("takayaso", "takayasu"),
        ("lupsu nephrtis", "lupus-nephritis"),
    ],
)
def test_a_misspelled_name_is_suggested(text: str, slug: str) -> None:
    assert slug in [suggestion.slug for suggestion in suggest(text)]


@pytest.mark.parametrize(
    "text", ["asthma", "diabetes", "breast cancer", "near london", "recruiting", "", "??", "lupus", "placebo"]
)
def test_no_suggestion_for_known_or_foreign_words(text: str) -> None:
    assert suggest(text) == ()


def test_suggestions_come_likeliest_first_each_condition_once_and_name_their_words() -> None:
    found = suggest("dermatomyositsi in leeds", limit=2)
    assert len(found) <= 2
    assert found[0].slug == "dermatomyositis"
    assert found[0].text == "dermatomyositsi"
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    assert len({one.slug for one in found}) == len(found)
