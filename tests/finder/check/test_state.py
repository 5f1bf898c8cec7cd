"""What travels in the form: ours unchanged, or refused with a sentence."""

import pytest

from finder.check.state import LONGEST_STATE, State, StateError, read_state

HELD = State({"condition": {"diagnosis": {"c": ["sle"]}}, "since": {}}, "NCT90000001")


def test_comes_back_as_it_went():
    assert read_state(HELD.signed()) == HELD
    assert list(read_state(HELD.signed()).entries) == ["condition", "since"]


def test_nothing_is_the_start():
    assert read_state("") == State()


@pytest.mark.parametrize(
    "text",
    [
        "x", "a:b", "\x00", "é" * 10, HELD.signed()[:-1] + "_", HELD.signed().replace(":", "x:"), HELD.signed()[1:],
        "." + HELD.signed(), "x" * (LONGEST_STATE + 1),
    ],
)  # fmt: skip
def test_what_we_did_not_sign_is_refused(text):
    with pytest.raises(StateError, match="Please start again"):
        read_state(text)


@pytest.mark.parametrize("held", [[], {"e": 1, "s": ""}, {"e": {}}, "text", None])
def test_what_another_of_our_keys_signed_is_refused(held):
    """The same secret, another shape."""
    from finder.check import state as module

    with pytest.raises(StateError):
        read_state(module._signer().sign_object(held))


def test_the_screen_before():
    state = State({"condition": {}, "about_you": {}, "kinds": {}})
    assert [state.before(slug) for slug in ("condition", "about_you", "kinds", "new")] == [
        "", "condition", "about_you", "kinds",
    ]  # fmt: skip
    assert State().before("condition") == ""


def test_a_changed_answer_keeps_its_place():
    state = State({"condition": {}, "about_you": {}}).with_entry("condition", {"diagnosis": {"v": "unknown"}})
    assert list(state.entries) == ["condition", "about_you"]
