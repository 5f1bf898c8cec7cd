import pytest

from finder.env import SettingError, database_from_url, env_bool, env_int, env_list, env_str

DATABASE_URLS = [
    (
        "postgresql://ann:secret@db.example:6432/finder",
        {"USER": "ann", "PASSWORD": "secret", "HOST": "db.example", "PORT": "6432", "NAME": "finder", "OPTIONS": {}},
    ),
    (
        "postgres://ann@db.example/finder?sslmode=require&connect_timeout=5",
        {"USER": "ann", "HOST": "db.example", "PORT": "", "OPTIONS": {"sslmode": "require", "connect_timeout": "5"}},
    ),
    ("postgresql://finder@/finder?host=/var/run/pg", {"USER": "finder", "HOST": "/var/run/pg", "NAME": "finder"}),
    ("postgresql://finder@:5432/finder?host=/a%20b/c%27d", {"HOST": "/a b/c'd", "PORT": "5432", "OPTIONS": {}}),
    ("postgresql://finder@%2Fvar%2Frun/finder", {"HOST": "/var/run"}),
    ("postgresql://ann:p%40ss%2Fword%3A@host/my%20base", {"PASSWORD": "p@ss/word:", "HOST": "host", "NAME": "my base"}),
    ("postgresql://[::1]:5432/finder", {"HOST": "::1", "PORT": "5432", "USER": "", "PASSWORD": ""}),
    ("postgresql:///finder", {"HOST": "", "PORT": "", "USER": "", "NAME": "finder"}),
]


@pytest.mark.parametrize(("url", "expected"), DATABASE_URLS)
def test_database_url_is_read_part_by_part(url: str, expected: dict[str, object]) -> None:
    found = database_from_url(url)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/finder", "“mysql”"),
        ("sqlite:///db.sqlite3", "“sqlite”"),
        ("finder", "only postgresql://"),
        ("postgresql://host", "end in one database name"),
        ("postgresql://host/", "end in one database name"),
        ("postgresql://host/a/b", "end in one database name"),
        ("postgresql://host:port/finder", "cannot be read"),
        ("postgresql://host:99999/finder", "cannot be read"),
        ("postgresql://host/finder?sslmode", "cannot be read"),
    ],
)
def test_unreadable_database_url_names_the_fix(url: str, said: str) -> None:
    with pytest.raises(SettingError, match=r"DATABASE_URL .*docs/deployment\.md") as error:
        database_from_url(url)
    assert said in str(error.value)


def test_password_is_never_repeated_in_the_error() -> None:
    with pytest.raises(SettingError) as error:
        database_from_url("postgresql://ann:s3cret@host:port/finder")
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("value", [None, "", "   "])
def test_missing_text_names_the_variable_and_the_guide(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("FINDER_X", raising=False)
    if value is not None:
        monkeypatch.setenv("FINDER_X", value)
    with pytest.raises(SettingError, match=r"^Set FINDER_X; see docs/deployment\.md\.$"):
        env_str("FINDER_X")
    assert env_str("FINDER_X", default="given") == "given"
    assert env_list("FINDER_X", default=["given"]) == ["given"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("1", True),
        ("Yes", True),
        ("on", True),
        ("False", False),
        ("0", False),
        ("no", False),
        ("off", False),
    ],
)
def test_false_is_false(monkeypatch: pytest.MonkeyPatch, text: str, expected: bool) -> None:
    monkeypatch.setenv("FINDER_X", text)
    assert env_bool("FINDER_X", default=not expected) is expected


def test_word_that_is_neither_true_nor_false_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_X", "maybe")
    with pytest.raises(SettingError, match="FINDER_X is “maybe”: set it to true or false"):
        env_bool("FINDER_X", default=True)


@pytest.mark.parametrize("text", ["-1", "0", "1.5", "ten", "²"])
def test_number_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("FINDER_X", text)
    with pytest.raises(SettingError, match="whole number of at least 1"):
        env_int("FINDER_X", default=5, minimum=1)


def test_list_is_split_at_commas_without_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDER_X", "a.example, b.example ,,")
    assert env_list("FINDER_X") == ["a.example", "b.example"]
