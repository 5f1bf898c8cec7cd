import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.text_blocks import Block, Heading, Item, ListBlock, Paragraph, clean_text, text_blocks


def outline(blocks: tuple[Block, ...]) -> list:
    """Blocks as plain data: "# heading", "paragraph", [items], each item "marker text" and its children."""
    return [_outline(block) for block in blocks]


def _outline(block: Block):
    if isinstance(block, ListBlock):
        return [_item(item) for item in block.items]
    return f"# {block.text}" if isinstance(block, Heading) else block.text


def _item(item: Item):
    text = f"{item.marker} {item.text}".strip()
    return (text, outline(item.children)) if item.children else text


TWO_LISTS = ["# Inclusion Criteria:", ["A", "B"], "# Exclusion Criteria:", ["C"]]
WRAPPED = """
          1. A diagnosis of rheumatoid arthritis that was made at least six months before the
             first visit, as defined below.

             The definition is the one of 2010.

          2. Age 18 years or older;
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One line.", ["One line."]),
        ("Inclusion Criteria:\n\n* A\n* B\n\nExclusion Criteria:\n\n* C", TWO_LISTS),
        ("1. A\n2. B\n   * B1\n   * B2\n3. C", [["1. A", ("2. B", [["B1", "B2"]]), "3. C"]]),
        ("1) A\n2) B", [["1) A", "2) B"]]),
        ("(1) A\n(2) B", [["(1) A", "(2) B"]]),
        ("a. A\nb. B", [["a. A", "b. B"]]),
        ("1. Any of:\n\na. A\nb. B\n\n2. C", [[("1. Any of:", [["a. A", "b. B"]]), "2. C"]]),
        ("* One of:\n  i. A\n  ii. B", [[("One of:", [["i. A", "ii. B"]])]]),
        ("g) G\nh) H\ni) I\nj) J", [["g) G", "h) H", "i) I", "j) J"]]),
        ("• 1. Age\n• 2. Sex", [["1. Age", "2. Sex"]]),  # a chain of markers gives one
        ("* 1\\. Age", [["1. Age"]]),
        ("- A\n-  INCLUSION CRITERIA:\n- B", [["A"], "# INCLUSION CRITERIA:", ["B"]]),
        ("* FVC \\>= 40% \\~ 45%", [["FVC >= 40% ~ 45%"]]),
        ("FVC &lt; 40% &amp;gt; 3", ["FVC < 40% > 3"]),
        ("Age<br> 18", ["Age 18"]),
        ("* scleroderma,<br> systemic lupus", [["scleroderma, systemic lupus"]]),
        ("**\\*\\*You may join\\*\\***", ["You may join"]),
        ("First.\r\n\r\nSecond.\x0b", ["First.", "Second."]),
        ("Dose of 1.5 mg\n2.5 mg later", ["Dose of 1.5 mg 2.5 mg later"]),
        ("Inclusion Criteria: * A * B Exclusion Criteria: * C", TWO_LISTS),
        ("* A\n* B\n\nOther rules may apply.", [["A", "B"], "Other rules may apply."]),
        (
            WRAPPED,
            [
                [
                    (
                        "1. A diagnosis of rheumatoid arthritis that was made at least six months before the first "
                        "visit, as defined below.",
                        ["The definition is the one of 2010."],
                    ),
                    "2. Age 18 years or older;",
                ]
            ],
        ),
    ],
)  # fmt: skip
def test_text_is_laid_out_as_it_was_meant(text, expected):
    assert outline(text_blocks(text)) == expected


def letters(blocks: tuple[Block, ...]) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            parts.append(block.text)
        else:
            parts += [f"{item.marker}{item.text}{letters(item.children)}" for item in block.items]
    return "".join(letter for letter in "".join(parts) if letter.isalnum())


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "     ", "\t"]),
        st.sampled_from(["", "* ", "- ", "• ", "1. ", "2) ", "(3) ", "a. ", "ii) ", "- • 4. ", "Exclusion Criteria: "]),
        st.text(alphabet="aB1 .,:;é漢-*\\<>&\xa0\u200b", max_size=70) | st.sampled_from(["&lt;", "<br>", "x" * 70, ""]),
    ).map("".join),
    max_size=12,
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(LINES | st.text(max_size=200))
def test_no_letter_is_lost_and_none_changes_place(text):
    assert letters(text_blocks(text)) == "".join(letter for letter in clean_text(text) if letter.isalnum())


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_no_block_is_empty(text):
    def check(blocks):
        for block in blocks:
            if isinstance(block, ListBlock):
                assert block.items
                for item in block.items:
                    assert item.text or item.marker
                    check(item.children)
            else:
                assert block.text

    check(text_blocks(text))


@pytest.mark.parametrize(
    "hostile",
    [
        "x" + " " * 300_000 + "y",  # would take hours if each blank were a beginning
        "inclusion criteria" + " " * 300_000,
        "&#" + "1" * 10_000 + ";",
        "(1) " * 50_000,
        "<br " * 50_000,
    ],
)
def test_a_hostile_text_is_laid_out_all_the_same(hostile: str) -> None:
    assert isinstance(text_blocks(hostile), tuple)


def test_lists_in_lists_end_somewhere() -> None:
    deep = "\n".join(" " * (2 * depth) + f"- item {depth}" for depth in range(600))
    assert "item 599" in repr(text_blocks(deep))
