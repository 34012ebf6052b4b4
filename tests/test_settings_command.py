"""`netaudit settings`: what it prints is a settings file that means the same."""

import dataclasses
import tomllib

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from netaudit.cli import app
from netaudit.files.toml import settings_toml, toml_value
from netaudit.patterns import classes, configured
from netaudit.settings import Settings, from_mapping


def test_printed_settings_read_back_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(
        '[owner]\nme = ["a@b.example"]\n[strength]\nhalf_life_days = 90\n'
        '[cadence]\n"old friend" = 90\n'
    )
    result = CliRunner().invoke(app, ["settings", "--settings", "mine.toml"])
    assert result.exit_code == 0
    (tmp_path / "netaudit.toml").write_text(result.stdout)
    again = CliRunner().invoke(app, ["settings"])
    assert again.stdout == result.stdout
    settings = from_mapping(tomllib.loads(result.stdout))
    assert settings.owner.me == ("a@b.example",)
    assert settings.strength.half_life_days == 90.0
    assert settings.cadence == {"old friend": 90.0}


def test_pattern_thresholds_are_printed_as_overridden():
    cls = next(cls for cls in classes() if dataclasses.fields(cls))  # type: ignore[arg-type]
    field = next(f for f in dataclasses.fields(cls) if type(f.default) in (int, float))  # type: ignore[arg-type]
    changed = field.default + 1
    settings = from_mapping({"patterns": {cls.NAME: {field.name: changed}}})
    printed = tomllib.loads(settings_toml(settings, configured(settings.patterns)))
    assert printed["patterns"][cls.NAME][field.name] == changed


def test_every_setting_says_what_it_means():
    owners = [f.default_factory() for f in dataclasses.fields(Settings)
              if dataclasses.is_dataclass(f.default_factory)]  # fmt: skip
    assert len(owners) >= 8
    for owner in [*owners, *configured({})]:
        for field in dataclasses.fields(owner):
            assert field.metadata.get("doc"), f"{type(owner).__name__}.{field.name} has no meaning"


@given(st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False),
                 st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text(
                     st.characters(exclude_categories=["Cs"])))))  # fmt: skip
def test_any_value_is_valid_toml(value):
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}


def test_unknown_setting_is_refused_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "netaudit.toml").write_text("[patterns.never_conversd]\nx = 1\n")
    result = CliRunner().invoke(app, ["settings"])
    assert "did you mean 'never_conversed'" in str(result.exception)
