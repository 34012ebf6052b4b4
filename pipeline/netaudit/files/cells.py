"""Tables as text cells that no spreadsheet runs: the CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

TIME = "%Y-%m-%dT%H:%M:%SZ"
# Spaces of any kind (RE2's \s knows ASCII only), then what a spreadsheet takes for a formula.
_SPACE = r"\s\x{00a0}\x{1680}\x{2000}-\x{200f}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}"
_FORMULA = rf"^[{_SPACE}]*[=+\-@＝＋－＠]"
_CONTROLS = r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}]"


def guarded(texts: pd.Series) -> pd.Series:
    """The cells, those that a spreadsheet would run as a formula led by `'`.

    Args:
        texts: str, missing values stay missing.

    Returns:
        str of the same index. A cell is on one line: control characters become spaces.
    """
    import pandas as pd  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    cells = pa.array(texts, type=pa.large_string(), from_pandas=True)
    controlled = pc.match_substring_regex(cells, r"^[\t\r\n]")
    lines = pc.replace_substring_regex(cells, _CONTROLS, " ")
    risky = pc.or_(pc.match_substring_regex(lines, _FORMULA), controlled)
    prefix = pc.if_else(risky, "'", "").cast(pa.large_string())
    joined = pc.binary_join_element_wise(prefix, lines, pa.scalar("", pa.large_string()))
    return pd.Series(joined.to_pandas().array, index=texts.index, dtype="str")


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame as it stands in a CSV: times ISO 8601 in UTC, texts guarded, the rest as it is."""
    out = {}
    for name, column in frame.items():
        kind = str(column.dtype)
        if kind.startswith("datetime64"):
            out[name] = column.dt.strftime(TIME)
        elif kind in ("str", "object", "string"):
            out[name] = guarded(column)
        else:
            out[name] = column
    return type(frame)(out, index=frame.index)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table: UTF-8, one row a line, unknown values empty, at most 8 digits a figure."""
    as_text(frame).to_csv(
        path, index=False, encoding="utf-8", float_format="%.8g", lineterminator="\n"
    )
