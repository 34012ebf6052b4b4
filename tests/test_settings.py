"""Settings: what a user types in netaudit.toml is taken or refused with the cure."""

import pytest

from netaudit.errors import UsageError
from netaudit.settings import Settings, from_mapping, load


def test_overrides_one_threshold_and_keeps_the_others():
    settings = from_mapping({"strength": {"half_life_days": 90}})
    assert settings.strength.half_life_days == 90.0
    assert settings.strength.theta_out == Settings().strength.theta_out


@pytest.mark.parametrize(
    ("values", "cure"),
    [
        ({"strenght": {}}, "did you mean 'strength'"),
        ({"strength": {"half_life": 90}}, "did you mean 'half_life_days'"),
        ({"strength": {"half_life_days": "long"}}, "must be of type float"),
        ({"owner": 3}, "must be a section"),
        ({"owner": {"me": [1]}}, "[owner] me must be"),
    ],
)
def test_unknown_or_wrong_names_the_cure(values, cure):
    with pytest.raises(UsageError) as caught:
        from_mapping(values)
    assert cure in str(caught.value)


def test_file_is_named_in_the_error(tmp_path):
    path = tmp_path / "netaudit.toml"
    path.write_text("[owner]\nmee = 'a@b.example'\n")
    with pytest.raises(UsageError) as caught:
        load(None, folder=tmp_path)
    assert str(path) in str(caught.value)
    assert load(None, folder=tmp_path / "elsewhere") == Settings()
