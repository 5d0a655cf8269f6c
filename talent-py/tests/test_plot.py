"""Pictures: what they show, what they refuse, and how they look.

The pictures of `plots` are compared with a tolerance; `TALENT_UPDATE=1 pytest -k plot` draws them anew, and then somebody looks at them. The version
of matplotlib is pinned, and text is left out of the comparison, since fonts differ from machine to machine.
"""

import json
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
import talent

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images
from talent import plot

PICTURES = Path(__file__).resolve().parent / "plots"
NAMES = ["new-shougang", "wangjing", "tongzhou", "shunyi"]
TOLERANCE = 3.0


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        # Whether there is a Chinese font is for its own test.
        warnings.simplefilter("ignore", plot.FontWarning)
        yield
    plt.close("all")


@pytest.fixture(scope="module")
def four() -> list[talent.Assessment]:
    return [talent.assess(talent.Submission.load(f"docs/examples/{name}.submission.json")) for name in NAMES]


def changed(assessment: talent.Assessment, change: Callable[[dict[str, Any]], None]) -> talent.Assessment:
    data = assessment.to_dict()
    change(data)
    return talent.Assessment.from_json(json.dumps(data))


def later(assessment: talent.Assessment) -> talent.Assessment:
    """The same community a year on, a little better in every third scenario."""

    def change(data: dict[str, Any]) -> None:
        data["provenance"]["period"] = {"from": "2026-01-01", "to": "2026-12-31"}
        for number, node in enumerate(node for node in data["nodes"] if "parent" not in node):
            node["score"]["score"] = min(100.0, node["score"]["score"] + 4.0 * (number % 3))
        data["total"]["score"] += 4.0

    return changed(assessment, change)


SHARES = [[0.7, 0.2, 0.1, 0.0], [0.25, 0.6, 0.15, 0.0], [0.05, 0.2, 0.7, 0.05], [0.0, 0.0, 0.05, 0.95]]

PLOTS: dict[str, Callable[[list[talent.Assessment]], Axes]] = {
    "scenario-bars": lambda four: plot.scenario_bars(four[2]),
    "scenario-radar": lambda four: plot.scenario_radar(four[2]),
    "scenario-radar-two": lambda four: plot.scenario_radar(four[:2]),
    "contribution-waterfall": lambda four: plot.contribution_waterfall(four[0]),
    "difference-waterfall": lambda four: plot.difference_waterfall(four[0], four[2]),
    "heat-map": lambda four: plot.heat_map(four, sort=True),
    "heat-map-indicators": lambda four: plot.heat_map(four, level="indicator"),
    "rank-intervals": lambda four: plot.rank_intervals(NAMES, [1, 2, 3, 4], [1, 1, 2, 4], [2, 3, 4, 4], level=0.9),
    "rank-acceptability": lambda four: plot.rank_acceptability(NAMES, SHARES),
    "sensitivity-bars": lambda four: plot.sensitivity_bars(["weights", "missing data", "aggregation"], [0.5, 0.2, -0.01], [0.6, 0.3, 0.02]),
    "standard-sunburst": lambda four: plot.standard_sunburst(talent.reference()),
    "rounds-slope": lambda four: plot.rounds_slope([later(four[0]), four[0]]),
}


def without_text(ax: Axes) -> None:
    """Hides every text; the margins, which make room for texts, then follow none."""
    figure = ax.figure
    for text in figure.findobj(mpl.text.Text):
        text.set_visible(False)
    for axes in figure.axes:
        legend = axes.get_legend()
        if legend is not None:
            legend.set_visible(False)


@pytest.mark.parametrize("name", PLOTS)
def test_a_picture_looks_as_it_did_when_somebody_looked(name: str, four: list[talent.Assessment], tmp_path: Path) -> None:
    ax = PLOTS[name](four)
    without_text(ax)
    drawn = tmp_path / f"{name}.png"
    assert isinstance(ax.figure, Figure)
    ax.figure.savefig(drawn, dpi=50, metadata={"Software": None})
    kept = PICTURES / f"{name}.png"
    if os.environ.get("TALENT_UPDATE"):
        PICTURES.mkdir(exist_ok=True)
        kept.write_bytes(drawn.read_bytes())
    difference = compare_images(str(kept), str(drawn), tol=TOLERANCE)
    assert difference is None, difference


def test_every_picture_is_here() -> None:
    drawn = {name.replace("-", "_") for name in PLOTS}
    assert {name for name in plot.__all__ if name.islower() and name != "chinese_font"} <= drawn
    assert {path.stem for path in PICTURES.glob("*.png")} == set(PLOTS)


@pytest.mark.parametrize("name", [name for name in PLOTS if not name.startswith(("scenario-radar", "standard"))])
def test_a_picture_is_drawn_where_it_is_told(name: str, four: list[talent.Assessment], monkeypatch: pytest.MonkeyPatch) -> None:
    _, ax = plt.subplots()
    function = getattr(plot, name.removesuffix("-indicators").replace("-", "_"))
    monkeypatch.setattr(plot, function.__name__, lambda *args, **more: function(*args, **more, ax=ax))
    assert PLOTS[name](four) is ax
    assert len(plt.get_fignums()) == 1


def widths(ax: Axes) -> list[float]:
    return [patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]


def test_bars_and_steps_are_the_numbers(four: list[talent.Assessment]) -> None:
    assessment = four[0]
    assert widths(plot.scenario_bars(assessment)) == pytest.approx([score or 0 for score in assessment.scenarios.values()])
    *steps, total = widths(plot.contribution_waterfall(assessment))
    assert sum(steps) == pytest.approx(total) == pytest.approx(assessment.total)
    first, *changes, last = widths(plot.difference_waterfall(four[0], four[2]))
    assert first + sum(changes) == pytest.approx(last)
    assert (first, last) == pytest.approx((four[0].total, four[2].total))


def test_the_heat_map_crosses_out_what_has_no_score(four: list[talent.Assessment]) -> None:
    ax = plot.heat_map(four, level="indicator")
    without = sum(result.score is None for assessment in four for result in assessment.indicators.values())
    assert without > 0 and len(ax.lines[0].get_xdata()) == without  # type: ignore[arg-type]


def test_what_does_not_fit_together_is_refused(four: list[talent.Assessment], standard: talent.Standard, submission: talent.Submission) -> None:
    other = talent.assess(submission, standard)
    with pytest.raises(ValueError, match="same scenarios"):
        plot.scenario_radar([four[0], other])
    with pytest.raises(TypeError, match="polar"):
        plot.scenario_radar(four[0], plt.subplots()[1])
    with pytest.raises(ValueError, match="at most 7"):
        plot.scenario_radar(four * 2)
    with pytest.raises(ValueError, match="same scenarios"):
        plot.difference_waterfall(four[0], other)
    with pytest.raises(ValueError, match="different standards"):
        plot.heat_map([four[0], other])
    with pytest.raises(ValueError, match="'scenario' or 'indicator'"):
        plot.heat_map(four, level="zone")
    with pytest.raises(ValueError, match="different communities"):
        plot.rounds_slope(four)
    with pytest.raises(ValueError, match="at least two rounds"):
        plot.rounds_slope(four[:1])
    with pytest.raises(ValueError, match="one number for each"):
        plot.rank_intervals(["a", "b"], [1], [1], [1])
    with pytest.raises(ValueError, match="inside its interval"):
        plot.rank_intervals(["a"], [3], [1], [2])
    with pytest.raises(ValueError, match="add up to 1"):
        plot.rank_acceptability(["a", "b"], [[0.5, 0.5], [0.5, 0.4]])
    with pytest.raises(ValueError, match="at least one"):
        plot.heat_map([])


def test_no_total_is_drawn_as_none(standard: talent.Standard, answers: dict[str, Any]) -> None:
    data = standard.to_dict()
    data["method"]["missing"] = "refuse"
    strict = talent.Standard.from_json(json.dumps(data))
    answers["observations"] = answers["observations"][1:]
    assessment = talent.assess(talent.Submission.from_json(json.dumps(answers)), strict)
    assert assessment.total is None
    assert any(text.get_text() == "no score" for text in plot.scenario_bars(assessment).texts)
    plot.scenario_radar(assessment)
    plot.heat_map([assessment])
    with pytest.raises(ValueError, match="no total"):
        plot.contribution_waterfall(assessment)


def test_names_are_not_mathematics(four: list[talent.Assessment]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["provenance"]["community"]["name"] = {"en": "$\\frac{1}{$ " + "long " * 500}

    ax = plot.scenario_bars(changed(four[0], change))
    ax.figure.canvas.draw()
    assert len(ax.get_title(loc="left")) < 120


def test_chinese_is_drawn_with_a_chinese_font_or_a_warning(four: list[talent.Assessment], monkeypatch: pytest.MonkeyPatch) -> None:
    if plot.chinese_font() is not None:
        with warnings.catch_warnings():
            # A missing glyph is a warning of matplotlib's.
            warnings.simplefilter("error")
            ax = plot.scenario_bars(four[0], lang="zh")
            ax.figure.canvas.draw()
        assert "宜居" in ax.get_yticklabels()[0].get_text()
    monkeypatch.setattr(plot, "chinese_font", lambda: None)
    with pytest.warns(plot.FontWarning, match="no font with Chinese characters"):
        plot.scenario_bars(four[0], lang="zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error", plot.FontWarning)
        plot.scenario_bars(four[0], lang="en")


def test_the_package_comes_without_matplotlib() -> None:
    import subprocess
    import sys

    code = "import sys, talent; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]


def test_whole_results_are_drawn_like_their_columns() -> None:
    submissions = [talent.Submission.load(path) for path in sorted(Path("docs/examples").glob("*.submission.json"))]
    compared = talent.compare(submissions)
    robust = talent.robustness(submissions, draws=100, sensitivity={"base": 16})
    ranked = {name: one for name, one in compared.communities.items() if one.rank is not None}
    assert [text.get_text() for text in plot.rank_intervals(compared).get_yticklabels()] == sorted(ranked, key=lambda name: ranked[name].rank or 0)
    labels = {text.get_text() for text in plot.rank_intervals(robust).get_yticklabels()}
    assert labels == {name for name, one in robust.units.items() if one.rank is not None}
    assert "90%" in plot.rank_intervals(robust).get_xlabel()
    assert len(plot.rank_acceptability(robust).get_yticklabels()) == len(robust.units)
    for unit in (None, "wangjing"):
        bars = plot.sensitivity_bars(robust, unit=unit)
        assert {text.get_text() for text in bars.get_yticklabels()} == set(robust.effects[unit])
    with pytest.raises(ValueError, match="sensitivity"):
        plot.sensitivity_bars(talent.robustness(submissions, draws=20))
    with pytest.raises(TypeError, match="columns"):
        plot.rank_intervals(["a"])
    plt.close("all")
