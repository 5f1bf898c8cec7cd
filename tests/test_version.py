import tomllib
from pathlib import Path

from trials import VERSION


def test_the_version_that_the_image_knows_is_the_projects():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
