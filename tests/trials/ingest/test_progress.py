from io import StringIO

import pytest

from trials.ingest.progress import Progress
from trials.models import ImportRun


@pytest.mark.parametrize(
    ("total", "already", "share", "line"),
    [
        (1000, 0, None, " 20%  200 studies read, 20 a second, 0:00:40 left"),
        (1000, 100, None, " 20%  200 studies read, 10 a second, 0:01:20 left"),  # a run that was gone on with
        (None, 0, 0.5, " 50%  200 studies read, 20 a second, 0:00:10 left"),
        (None, 0, None, "200 studies read, 20 a second"),
    ],
)
def test_the_line_says_how_far_how_fast_and_how_long_still(total, already, share, line):
    run = ImportRun(created=150, unchanged=50)
    assert Progress(total, StringIO(), already).line(run, share, seconds=10.0) == line
