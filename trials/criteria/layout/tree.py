"""Builds the tree of criteria from the paragraphs of each section."""

from trials.criteria.layout.adoption import everybody
from trials.criteria.layout.growing import Growing, Item
from trials.criteria.layout.joins import is_cohort, is_title, is_topic
from trials.criteria.layout.markers import Mark
from trials.criteria.layout.nesting import DEEPEST, LABEL, PLAIN, Place, place
from trials.criteria.layout.paragraphs import Paragraph
from trials.criteria.layout.remarks import connector, excludes, is_note, is_record_note
from trials.criteria.layout.runon import first_style
from trials.criteria.layout.sections import Section

LONGEST_LABEL = 12  # words
NUMBERED = {"group", "cohort", "part", "arm", "stage", "phase", "stratum"}


class Tree(Growing):
    """Sections in, items out: `add` each section, then read `items`, `asides` and `notices`."""

    def add(self, section: Section) -> None:
        """Read one section."""
        self.asides.extend(section.asides)
        if section.kind is None:
            self.asides.extend(("ignored", part.start, part.end) for part in section.paragraphs)
            return
        self.levels, self.first, self.kind = [], len(self.items), section.kind
        if section.label:
            if section.paragraphs:
                self._label(section.label, 0)
            else:
                self.asides.append(("heading", section.label.start, section.label.end))
        _aligned(section.paragraphs)
        names = [self.text[part.start : part.end] for part in section.paragraphs if not part.mark]
        self._labelled = sum(name[-1] not in ".;," and is_cohort(name) for name in names) > 1
        for number, paragraph in enumerate(section.paragraphs):
            self._paragraph(paragraph, section.paragraphs[number + 1 : number + 4])

    def _paragraph(self, paragraph: Paragraph, following: list[Paragraph]) -> None:
        words = self.text[paragraph.content : paragraph.end]
        last = self.items[-1] if len(self.items) > self.first else None
        if not any(sign.isalnum() for sign in words):
            self.asides.append(("mark", paragraph.start, paragraph.end))
            return
        if word := connector(words):
            self.asides.append(("connector", paragraph.start, paragraph.end))
            if last:
                last.connector = word
        elif is_record_note(words):
            self.asides.append(("note", paragraph.start, paragraph.end))
        elif is_note(words):
            self._note(paragraph, last)
        elif paragraph.mark and self._counts(paragraph, paragraph.mark, last):
            self._marked(paragraph, paragraph.mark, following)
        else:
            self._plain(paragraph, last, following)

    def _note(self, paragraph: Paragraph, last: Item | None) -> None:
        """A note belongs to the criterion before it; without one it stands alone."""
        if last:
            self._extend(last, paragraph)
        else:
            self.asides.append(("note", paragraph.start, paragraph.end))

    # Items that begin with a mark

    def _counts(self, paragraph: Paragraph, mark: Mark, last: Item | None) -> bool:
        """Whether a letter or number goes on with a list or begins one; "B)" after "A)" in mid-sentence does not."""
        if last and self._continues_letter(last, self.text[paragraph.start : paragraph.end]):
            return False
        if mark.style.startswith("--") and last and last.marked and self.text[last.end - 1] != ":":
            return paragraph.indent <= self.levels[-1].last
        if not mark.ordinal or first_style(mark) or mark.style.startswith(("1", "(1", "①")):
            return True
        words = self.text[paragraph.content : paragraph.content + 2]
        if words[0].isupper() and (mark.style.endswith(")") or words[1:].islower()):
            return True
        return any((level.style, level.value + 1) in mark.readings() for level in self.levels) or any(
            level.value and level.value + 1 == value for level in self.levels for _, value in mark.readings()
        )

    def _marked(self, paragraph: Paragraph, mark: Mark, following: list[Paragraph]) -> None:
        known = paragraph.gap is not None or paragraph.indent > 0
        where = place(self.levels, mark, paragraph.indent, known)
        where = self._for_everybody(where, paragraph)
        self._lost(where)
        self._open(where, paragraph.indent, paragraph.hang)
        self.asides.append(("mark", paragraph.start, paragraph.content))
        self._fill(paragraph, following[0].mark if following else None)

    def _for_everybody(self, where: Place, paragraph: Paragraph) -> Place:
        """Where a number goes on with two lists alike, consent and contraception belong to the outer one."""
        if where.depth >= len(self.levels) or not everybody(self.text[paragraph.content : paragraph.end]):
            return where
        chosen = self.levels[where.depth]
        for depth, level in enumerate(self.levels[: where.depth]):
            same = level.style == where.style and level.value + 1 == where.value and bool(where.value)
            if same and abs(level.last - chosen.last) <= 1:
                self.notices.append(("level_unclear", paragraph.start, paragraph.end))
                return Place(depth, where.style, where.value, where.score)
        return where

    # Paragraphs without a mark

    def _plain(self, paragraph: Paragraph, last: Item | None, following: list[Paragraph]) -> None:
        if paragraph.mark and paragraph.mark.ordinal:
            paragraph.content = paragraph.start
        words = self.text[paragraph.content : paragraph.end]
        if last and self._is_open(last, words):
            self._extend(last, paragraph)
            return
        depth = self._under(paragraph)
        if depth is not None:
            del self.levels[depth + 1 :]
            item = self.items[self.levels[depth].item]
            childless = self.levels[depth].item == len(self.items) - 1
            if self._between(words, depth, following):
                self.asides.append(("heading", paragraph.start, paragraph.end))
                return
            heads = words.endswith(":") and bool(following) and following[0].mark is not None
            several = self.levels[depth].colon and bool(following) and not following[0].mark
            several = several and abs(following[0].indent - paragraph.indent) <= 1
            if childless and not heads and not several:
                self._extend(item, paragraph)
            else:
                self._open(Place(depth + 1, PLAIN, 0, 0), paragraph.indent, paragraph.indent)
                self._fill(paragraph, following[0].mark if following else None)
        elif following and is_topic(words, self.kind):
            self.levels = []
            self.asides.append(("heading", paragraph.start, paragraph.end))
        elif self._is_label(words, paragraph, following):
            self._label(paragraph, self._label_depth())
        else:
            self._open(Place(self._plain_depth(words), PLAIN, 0, 0), paragraph.indent, paragraph.indent)
            self._fill(paragraph, following[0].mark if following else None)

    def _plain_depth(self, words: str) -> int:
        """Under the last label, if what stands under it is unmarked like this; "Group 3: …" beside "Group 2:"."""
        for depth, level in enumerate(self.levels[:2]):
            if level.style == LABEL and (len(self.levels) == depth + 1 or not self.levels[depth + 1].marked):
                label = self.items[level.item]
                first = self.text[label.start : label.end].split(None, 1)[0]
                again = first.lower() in NUMBERED and words.split(None, 1)[0] == first
                return depth if again else depth + 1
        return 0

    def _is_open(self, last: Item, words: str) -> bool:
        """Whether the item before stops in mid-sentence and these words go on with it."""
        if not last.marked or self.text[last.end - 1] in ".;:!?":
            return False
        return (words[0].islower() and not last.connector) or self._continues_letter(last, words)

    def _continues_letter(self, last: Item, words: str) -> bool:
        """ "B) …" on a line of its own where "A) …" stands within the sentence before."""
        letter = words[0]
        return (
            words[1:2] == ")"
            and "B" <= letter <= "H"
            and f" {chr(ord(letter) - 1)})" in self.text[last.start : last.end]
        )

    def _under(self, paragraph: Paragraph) -> int | None:
        """The list whose last item this paragraph is indented under."""
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if (
                level.marked
                and level.hang - 1 <= paragraph.indent
                and paragraph.indent > level.last
                and depth + 1 < DEEPEST
            ):
                return depth
        return None

    def _between(self, words: str, depth: int, following: list[Paragraph]) -> bool:
        """A title between two items of one numbered list heads nothing of its own."""
        level, mark = self.levels[depth], following[0].mark if following else None
        runs_on = mark is not None and mark.ordinal and (level.style, level.value + 1) in mark.readings()
        return runs_on and words.endswith(":") and is_title(words)

    def _is_label(self, words: str, paragraph: Paragraph, following: list[Paragraph]) -> bool:
        if not following or len(words.split()) > LONGEST_LABEL or excludes(words):
            return False
        listed = following[0].mark is not None
        if words.endswith(":"):
            return listed or is_cohort(words) or is_title(words)
        if words[-1] in ".;,":
            return False
        return (is_cohort(words) and (listed or self._labelled)) or (
            listed and is_title(words) and following[0].indent > paragraph.indent
        )

    def _label_depth(self) -> int:
        """Beside the last label, or under a paragraph with a colon that nothing stands under yet, else outermost."""
        top = self.levels[0] if self.levels else None
        if not top or top.style != PLAIN:
            return 0
        waiting = top.colon and top.item == len(self.items) - 1
        return int(waiting or (len(self.levels) > 1 and self.levels[1].style == LABEL))

    def _label(self, paragraph: Paragraph, depth: int) -> None:
        self._open(Place(depth, LABEL, 0, 0), paragraph.indent, paragraph.indent)
        item = self._add(paragraph.content, paragraph.end, marked=False)
        item.label = True
        self.levels[-1].colon = True


def _aligned(paragraphs: list[Paragraph]) -> None:
    """A list whose first item lost its indentation (the text was cut there) gets it back."""
    if len(paragraphs) > 1 and (first := paragraphs[0]).mark and (second := paragraphs[1]).mark:
        cut = first.begins or (first.gap is False and first.indent == 0)
        cut = cut and first.indent < second.indent
        if cut and first.mark.style == second.mark.style and first.mark.value + 1 >= second.mark.value:
            first.indent = second.indent
