"""All checks over one study's criteria."""

from collections.abc import Iterable, Iterator, Sequence

from trials.criteria.checks import limits, record, wording
from trials.criteria.layout.decode import decode
from trials.criteria.model import Criterion, Repair, Study, Warning_
from trials.criteria.repair import proposals

Notice = tuple[str, int, int]  # code, and a span of the decoded text

_CODES = {"brackets_unbalanced": "unbalanced_brackets", "points_elsewhere": "dangling_reference"}
_NOTICES = {
    "number_missing": "sequence_broken",
    "number_twice": "sequence_broken",
    "sequence_broken": "sequence_broken",
}
_AROUND = 30  # characters on either side of a bracket or sign that a warning quotes


def warnings_of(
    criteria: Sequence[Criterion],
    source: str,
    study: Study,
    notices: Sequence[Notice] = (),
    ledger: Sequence[Repair] | None = None,
) -> tuple[Warning_, ...]:
    """What an editor should look at, criterion by criterion, then what concerns the text as a whole.

    `source` is the record's own text, `notices` what the outline noticed. With `ledger`, the proposals of the repair
    are taken from it; without, they are looked for again. Codes are the keys of `MESSAGES`.
    """
    out: list[Warning_] = []
    doubts = _from_ledger(criteria, ledger) if ledger is not None else None
    for number, criterion in enumerate(criteria):
        out += doubts[number] if doubts is not None else _doubts(criterion)
        for check in (
            limits.without_unit,
            limits.conflicting,
            wording.unclear,
            wording.exception,
            wording.for_the_team,
        ):
            out += check(criterion)
    out += _noticed(notices, source)
    out += record.ages(criteria, study)
    out += record.sex(criteria, study)
    out += record.diseases(criteria, study)
    out += record.missing(criteria, source)
    return tuple(dict.fromkeys(out))


def _doubts(criterion: Criterion) -> Iterator[Warning_]:
    text = criterion.text
    for fix in proposals(text):
        yield _doubt(fix.reason, criterion, text[fix.start : fix.end], fix.shown, fix.start)


def _doubt(reason: str, criterion: Criterion, written: str, shown: str, start: int) -> Warning_:
    code = _CODES.get(reason, "uncertain_repair")
    if code == "dangling_reference":
        words = written
    elif written == shown:
        words = wording.quoted(criterion.text, max(0, start - _AROUND), start + len(written) + _AROUND)
    else:
        words = f"{written.strip()} → {shown.strip()}"
    return Warning_(code, criterion.id, words)


def _from_ledger(criteria: Sequence[Criterion], ledger: Iterable[Repair]) -> list[list[Warning_]]:
    """The proposals in the ledger, each with the criterion in whose part of the source it stands."""
    doubts: list[list[Warning_]] = [[] for _ in criteria]
    open_repairs = sorted((repair for repair in ledger if not repair.made), key=lambda repair: repair.source_start)
    order = sorted(range(len(criteria)), key=lambda number: criteria[number].source_start)
    at = 0
    for repair in open_repairs:
        while at + 1 < len(order) and criteria[order[at + 1]].source_start <= repair.source_start:
            at += 1
        if order:
            criterion = criteria[order[at]]
            place = max(
                0, criterion.text.find(repair.written, max(0, repair.source_start - criterion.source_start - 40))
            )
            doubts[order[at]].append(_doubt(repair.reason, criterion, repair.written, repair.shown, place))
    return doubts


def _noticed(notices: Sequence[Notice], source: str) -> Iterator[Warning_]:
    """Notices count characters of the decoded text, so it is decoded again: few records have any."""
    if not notices:
        return
    text = decode(source).text
    for code, start, end in notices:
        yield Warning_(
            _NOTICES.get(code, code), None, wording.quoted(" ".join(text[start:end].split()), 0, wording.LONGEST * 2)
        )
