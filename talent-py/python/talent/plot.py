"""Pictures of assessments, with matplotlib (the extra `plot`).

Every function takes an `ax` to draw into (absent: a new one) and returns it, so that pictures can be put together, changed and saved by the means of
matplotlib. Colours are told apart by people with any kind of colour vision (Okabe and Ito, Color Universal Design, 2008), and never say anything
alone: signs, patterns or numbers say it too. What is written in Chinese is drawn with a Chinese font where one is installed; where none is, a
`FontWarning` says so.

>>> from talent import plot
>>> assessment = talent.assess(talent.Submission.load("docs/examples/new-shougang.submission.json"))
>>> ax = plot.scenario_bars(assessment)
>>> len(ax.get_yticklabels())
9
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from talent._compare import Comparison
from talent._document import Assessment, Standard
from talent._robust import Robustness

try:
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib import font_manager
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch, Rectangle, Wedge
    from matplotlib.projections.polar import PolarAxes
except ImportError:
    raise ImportError("pictures need matplotlib: pip install matplotlib")

__all__ = [
    "FontWarning",
    "chinese_font",
    "contribution_waterfall",
    "difference_waterfall",
    "heat_map",
    "rank_acceptability",
    "rank_intervals",
    "rounds_slope",
    "scenario_bars",
    "scenario_radar",
    "sensitivity_bars",
    "standard_sunburst",
]

BLUE, ORANGE, GREEN, RED, SKY, YELLOW, PURPLE, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#F0E442", "#CC79A7", "#767676"
"""The palette of Okabe and Ito, with a grey."""

_SERIES = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY, GREY)
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_LINES = ("-", "--", "-.", ":")

Numbers: TypeAlias = Sequence[float] | np.ndarray[Any, Any]
"""A column of numbers."""


class FontWarning(UserWarning):
    """No font with Chinese characters is installed, so they would be drawn as boxes.

    Whoever would rather have no picture than boxes makes it an error:

    >>> import warnings
    >>> from talent.plot import FontWarning
    >>> warnings.simplefilter("error", FontWarning)
    """


_CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "Arial Unicode MS",
)
# One simplified, one traditional and one rare enough that a font made for another script lacks it.
_PROBES = "测試龢"


def chinese_font() -> str | None:
    """The family of an installed font with Chinese characters; `None` where there is none.

    Well-known families come first, and only a font that really has the characters counts. The answer is kept for the life of the process.
    """
    return _search()


@cache
def _search() -> str | None:
    from matplotlib.ft2font import FT2Font

    installed = {entry.name: entry.fname for entry in font_manager.fontManager.ttflist}
    others = [name for name in sorted(installed) if any(word in name for word in ("CJK", "Hei", "Song", "Kai", "Ming", "Han"))]
    for name in (*_CHINESE, *others):
        path = installed.get(name)
        if path is None:
            continue
        try:
            has = FT2Font(path).get_charmap()
        except RuntimeError:
            continue
        if all(ord(character) in has for character in _PROBES):
            return name
    return None


def _is_chinese(text: str) -> bool:
    return any("\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef" for character in text)


def _fonts(texts: Iterable[str], lang: str) -> Any:
    """The settings under which some texts, and the words of a language, are drawn without boxes."""
    if lang.split("-")[0] != "zh" and not any(map(_is_chinese, texts)):
        return {}
    found = chinese_font()
    if found is None:
        message = "no font with Chinese characters is installed, so they are drawn as boxes; install one (Debian: fonts-noto-cjk) or draw with lang='en'"
        warnings.warn(message, FontWarning, stacklevel=3)
        return {}
    # By name: the generic family would be looked up when the picture is saved, under whatever settings hold then.
    settings: Any = mpl.rcParams
    own = settings["font.family"]
    named = [name for family in own for name in (settings[f"font.{family}"][:1] if f"font.{family}" in settings else [family])]
    return {"font.family": [*named, found], "axes.unicode_minus": False}


def _new(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    _, new = plt.subplots(figsize=(width, height), layout="constrained")
    return new


def _bare(ax: Axes) -> None:
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _name(text: Mapping[str, str], lang: str) -> str:
    """A name in the language, else in English, else in whatever there is."""
    for tag in (lang, *(known for known in text if known.split("-")[0] == lang), "en", *text):
        if tag in text:
            return _short(text[tag])
    return ""


def _short(text: str, most: int = 40) -> str:
    # A dollar would begin mathematics.
    text = " ".join("".join(character for character in text if character.isprintable() or character.isspace()).split()).replace("$", r"\$")
    return text if len(text) <= most else text[: most - 1] + "…"


def _words(lang: str, english: str, chinese: str) -> str:
    return chinese if lang.split("-")[0] == "zh" else english


def _scenarios(assessment: Assessment, lang: str) -> tuple[list[str], list[Mapping[str, Any]]]:
    nodes = [node for node in assessment.to_dict()["nodes"] if "parent" not in node]
    return [_name(node["name"], lang) for node in nodes], [node["score"] for node in nodes]


def _share(score: Mapping[str, Any], member: str) -> float:
    value = score.get(member)
    if value is None or not score["full"]:
        return math.nan
    return 100.0 * float(value) / float(score["full"])


def _title(assessment: Assessment, lang: str) -> str:
    view = assessment.to_dict()
    grade = view["grade"].get("name")
    total = _words(lang, "no score", "无得分") if assessment.total is None else f"{assessment.total:.1f}"
    parts = [_name(view["provenance"]["community"]["name"], lang), total, *([_name(grade, lang)] if grade else [])]
    return " · ".join(parts)


def scenario_bars(assessment: Assessment, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Every scenario's score as a bar, and as a whisker what it surely lies between.

    Scores are in percent of the full mark. A scenario without a score has the whisker alone. The coverage stands behind the name where it is below 1.
    """
    names, scores = _scenarios(assessment, lang)
    names = [name if score["coverage"] >= 1 else f"{name} ({score['coverage']:.0%})" for name, score in zip(names, scores, strict=True)]
    title = _title(assessment, lang)
    with mpl.rc_context(_fonts([*names, title], lang)):
        ax = _new(ax, 7.5, 0.42 * len(names) + 1.4)
        at = np.arange(len(names))
        values = np.array([_share(score, "score") for score in scores])
        low, high = (np.array([_share(score, end) for score in scores]) for end in ("low", "high"))
        ax.barh(at, np.nan_to_num(values), height=0.62, color=BLUE, alpha=0.85, zorder=2)
        ax.hlines(at, low, high, color="black", linewidth=1.6, zorder=3)
        for ends in (low, high):
            ax.plot(ends, at, "|", color="black", markersize=9, markeredgewidth=1.6, zorder=3)
        for y, value, end in zip(at, values, high, strict=True):
            text = _words(lang, "no score", "无得分") if math.isnan(value) else f"{value:.1f}"
            ax.text(max(end, np.nan_to_num(value)) + 1.2, float(y), text, va="center", fontsize="small")
        ax.set_yticks(at, names)
        ax.invert_yaxis()
        ax.set_xlim(0, 108)
        ax.set_xticks(range(0, 101, 20))
        ax.grid(axis="x", color="#dddddd", zorder=0)
        ax.set_xlabel(_words(lang, "score, and what it surely lies between", "得分及其上下限"))
        ax.set_title(title, loc="left")
        _bare(ax)
    return ax


def scenario_radar(assessments: Assessment | Sequence[Assessment], ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """The scenarios of one or a few assessments as a radar. For one, the band shows what each score surely lies between.

    `ax` must be polar (`subplot_kw={"projection": "polar"}`). Areas in a radar grow with the square of the scores and depend on the order of the
    scenarios: read the spokes, not the area. All assessments must have the same scenarios. A scenario without a score is a gap.
    """
    several = [assessments] if isinstance(assessments, Assessment) else list(assessments)
    if not several:
        raise ValueError("at least one assessment is needed")
    if len(several) > len(_SERIES):
        raise ValueError(f"a radar holds at most {len(_SERIES)} assessments; use heat_map for more")
    if len({tuple(assessment.scenarios) for assessment in several}) > 1:
        raise ValueError("the assessments do not have the same scenarios")
    names, _ = _scenarios(several[0], lang)
    labels = [_title(assessment, lang) for assessment in several]
    with mpl.rc_context(_fonts([*names, *labels], lang)):
        if ax is None:
            _, polar = plt.subplots(figsize=(6.6, 6.2), layout="constrained", subplot_kw={"projection": "polar"})
            ax = polar
        if not isinstance(ax, PolarAxes):
            raise TypeError('the radar needs polar axes: plt.subplots(subplot_kw={"projection": "polar"})')
        angles = np.linspace(0, 2 * np.pi, len(names), endpoint=False)
        closed = np.append(angles, angles[:1])
        ax.set_theta_offset(np.pi / 2)
        ax.set_theta_direction(-1)
        for number, (assessment, label) in enumerate(zip(several, labels, strict=True)):
            _, scores = _scenarios(assessment, lang)
            values, low, high = ([_share(score, end) for score in scores] for end in ("score", "low", "high"))
            style: dict[str, Any] = {"color": _SERIES[number], "linestyle": _LINES[number % len(_LINES)], "marker": _MARKERS[number]}
            ax.plot(closed, [*values, values[0]], linewidth=1.8, markersize=5, label=label, **style)
            if len(several) == 1:
                ax.fill_between(closed, [*low, low[0]], [*high, high[0]], color=SKY, alpha=0.35, hatch="//", edgecolor=BLUE, linewidth=0)
        ax.set_xticks(angles, names)
        for text, angle in zip(ax.get_xticklabels(), angles, strict=True):
            text.set_horizontalalignment("center" if abs(math.sin(angle)) < 0.2 else "left" if math.sin(angle) > 0 else "right")
        ax.set_ylim(0, 100)
        ax.set_yticks([20, 40, 60, 80], ["20", "40", "60", "80"], fontsize="x-small", color="#555555")
        ax.grid(color="#cccccc")
        ax.spines["polar"].set_color("#cccccc")
        if len(several) == 1:
            ax.set_title(labels[0], pad=18)
        else:
            ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), frameon=False)
    return ax


def _steps(ax: Axes, names: Sequence[str], starts: Sequence[float], changes: Sequence[float], ends: tuple[tuple[str, float], tuple[str, float]], digits: int) -> None:
    """A waterfall from one number to another."""
    (first, begin), (last, end) = ends
    labels = [*([first] if first else []), *names, last]
    bottoms = [*([0.0] if first else []), *starts, 0.0]
    heights = [*([begin] if first else []), *changes, end]
    totals = {0, len(labels) - 1} if first else {len(labels) - 1}
    for at, (bottom, height) in enumerate(zip(bottoms, heights, strict=True)):
        total = at in totals
        color, hatch = (GREY, "") if total else (BLUE, "") if height >= 0 else (RED, "////")
        ax.barh(at, height, left=bottom, height=0.66, color=color, hatch=hatch, edgecolor="white", linewidth=0.5, zorder=2)
        text = f"{height:.{digits}f}" if total else f"{height:+.{digits}f}"
        ax.annotate(text, (max(bottom, bottom + height), at), xytext=(4, 0), textcoords="offset points", va="center", fontsize="small")
        if at + 1 < len(labels):
            ax.vlines(bottom + height, at - 0.33, at + 1.33, color="#555555", linewidth=0.7, zorder=1)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.grid(axis="x", color="#dddddd", zorder=0)
    _bare(ax)


def contribution_waterfall(assessment: Assessment, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """From 0 to the total, scenario by scenario: how much of the total comes from each.

    The steps are the contributions of Euler's theorem that stand in the assessment; they add up to the total. Bonuses, which belong to no scenario,
    are a step of their own. Raises `ValueError` where there is no total, or contributions are not defined (several members share the least score).
    """
    view = assessment.to_dict()
    nodes = [node for node in view["nodes"] if "parent" not in node]
    total = assessment.total
    if total is None:
        raise ValueError("there is no total, so nothing contributes to it")
    parts = [node.get("contribution") for node in nodes if node["score"].get("score") is not None]
    if any(part is None for part in parts):
        raise ValueError("contributions are not defined in this assessment; its findings say why (TM0502)")
    names = [_name(node["name"], lang) for node in nodes if node["score"].get("score") is not None]
    changes = [float(part) for part in parts]
    rest = total - math.fsum(changes)
    if abs(rest) > 1e-6:
        names.append(_words(lang, "bonuses", "加分"))
        changes.append(rest)
    starts = [math.fsum(changes[:at]) for at in range(len(changes))]
    last = _words(lang, "total", "总分")
    title = _title(assessment, lang)
    with mpl.rc_context(_fonts([*names, last, title], lang)):
        ax = _new(ax, 7.5, 0.42 * len(names) + 1.6)
        _steps(ax, names, starts, changes, (("", 0.0), (last, total)), 2)
        ax.set_xlabel(_words(lang, "how much of the total comes from each scenario", "各场景对总分的贡献"))
        ax.set_title(title, loc="left")
    return ax


def difference_waterfall(before: Assessment, after: Assessment, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """From one total to another, scenario by scenario: two communities, or two rounds of one.

    Each step is the difference of a scenario's contributions; the steps add up to the difference of the totals. The standards must have the same
    scenarios and both results a total; else `ValueError`.
    """
    if tuple(before.scenarios) != tuple(after.scenarios):
        raise ValueError("the assessments do not have the same scenarios")
    if before.total is None or after.total is None:
        raise ValueError("both assessments need a total")
    views = [assessment.to_dict() for assessment in (before, after)]
    nodes = [[node for node in view["nodes"] if "parent" not in node] for view in views]
    if any(node.get("contribution") is None for both in nodes for node in both if node["score"].get("score") is not None):
        raise ValueError("contributions are not defined in these assessments; their findings say why (TM0502)")
    names = [_name(node["name"], lang) for node in nodes[0]]
    changes = [float(b.get("contribution") or 0) - float(a.get("contribution") or 0) for a, b in zip(*nodes, strict=True)]
    rest = after.total - before.total - math.fsum(changes)
    if abs(rest) > 1e-6:
        names.append(_words(lang, "bonuses", "加分"))
        changes.append(rest)
    starts = [before.total + math.fsum(changes[:at]) for at in range(len(changes))]
    titles = [_name(view["provenance"]["community"]["name"], lang) for view in views]
    if titles[0] == titles[1]:
        titles = [f"{title} {view['provenance']['period']['to'][:4]}" for title, view in zip(titles, views, strict=True)]
    with mpl.rc_context(_fonts([*names, *titles], lang)):
        ax = _new(ax, 7.5, 0.42 * len(names) + 2.0)
        _steps(ax, names, starts, changes, ((titles[0], before.total), (titles[1], after.total)), 2)
        inner = [before.total, after.total, *starts, *(start + change for start, change in zip(starts, changes, strict=True))]
        room = max(max(inner) - min(inner), 1.0)
        ax.set_xlim(max(0.0, min(inner) - room * 0.35), max(inner) + room * 0.3)
        note = _words(lang, "points of the total; the scale does not begin at 0", "总分变化（横轴不从 0 开始）")
        ax.set_xlabel(note if ax.get_xlim()[0] > 0 else _words(lang, "points of the total", "总分变化"))
    return ax


def heat_map(
    assessments: Sequence[Assessment], ax: Axes | None = None, *, level: str = "scenario", lang: str = "en", sort: bool = False, numbers: bool | None = None
) -> Axes:
    """Communities in rows, scenarios (`level="scenario"`) or indicators (`"indicator"`) in columns, scores as shades.

    A cell without a score is crossed out, not pale: absence is not a low score. `sort` puts the highest total first. `numbers` writes scores into the
    cells (absent: where they fit). All assessments must be of one standard and version; else `ValueError`.
    """
    if level not in ("scenario", "indicator"):
        raise ValueError(f"the level is 'scenario' or 'indicator', not {level!r}")
    several = list(assessments)
    if not several:
        raise ValueError("at least one assessment is needed")
    stamps = {assessment.to_dict()["provenance"]["standard"]["digest"] for assessment in several}
    if len(stamps) > 1:
        raise ValueError("the assessments are of different standards or versions")
    if sort:
        several.sort(key=lambda assessment: -math.inf if assessment.total is None else assessment.total, reverse=True)
    rows = [_name(assessment.to_dict()["provenance"]["community"]["name"], lang) for assessment in several]
    if level == "scenario":
        columns = _scenarios(several[0], lang)[0]
        cells = np.array([[_share(score, "score") for score in _scenarios(assessment, lang)[1]] for assessment in several])
    else:
        columns = [indicator.get("code") or indicator["id"] for indicator in several[0].to_dict()["indicators"]]
        cells = np.array([[math.nan if result.score is None else result.score for result in assessment.indicators.values()] for assessment in several])
    few = len(columns) <= 24
    with mpl.rc_context(_fonts([*rows, *columns], lang)):
        ax = _new(ax, min(3.0 + (0.75 if few else 0.155) * len(columns), 24.0), 0.46 * len(rows) + (2.2 if few else 1.8))
        image = ax.imshow(np.ma.masked_invalid(cells), cmap="cividis", vmin=0, vmax=100, aspect="auto", interpolation="nearest")
        ys, xs = np.nonzero(np.isnan(cells))
        ax.plot(xs, ys, "x", color=GREY, markersize=8 if few else 4, markeredgewidth=1.2)
        if few if numbers is None else numbers:
            for (y, x), value in np.ndenumerate(cells):
                if not math.isnan(value):
                    ax.text(x, y, f"{value:.0f}", ha="center", va="center", fontsize="small", color="black" if value > 55 else "white")
        ax.set_xticks(range(len(columns)), columns, rotation=35 if few else 90, ha="right" if few else "center", rotation_mode="anchor" if few else "default", fontsize="small" if few else 5)
        ax.set_yticks(range(len(rows)), rows)
        ax.tick_params(length=0)
        for side in ax.spines.values():
            side.set_visible(False)
        bar = ax.figure.colorbar(image, ax=ax, pad=0.015, shrink=0.9)
        bar.set_label(_words(lang, "score (× no score)", "得分（× 无得分）"))
    return ax


def _checked(names: Sequence[str], *columns: Numbers) -> list[np.ndarray[Any, Any]]:
    arrays = [np.asarray(column, dtype=float) for column in columns]
    if not names or any(array.shape != (len(names),) for array in arrays):
        raise ValueError(f"every column needs one number for each of the {len(names)} names")
    return arrays


def _columns(what: str, columns: Sequence[object]) -> None:
    if any(column is None for column in columns):
        raise TypeError(f"{what} needs a whole result, or its columns beside the names")


def rank_intervals(
    names: Sequence[str] | Comparison | Robustness,
    ranks: Numbers | None = None,
    low: Numbers | None = None,
    high: Numbers | None = None,
    ax: Axes | None = None,
    *,
    level: float | None = None,
    lang: str = "en",
) -> Axes:
    """Ranks as points on the interval in which they surely, or mostly, lie. Rank 1 is at the left; the best stands on top.

    Of a `Comparison` the intervals are the places that unknown answers allow, of a `Robustness` those that hold most draws; a rank outside its own interval is drawn where it is. Units without
    a rank are not shown. Else columns of equal length: `ranks` as computed, `low` and `high` the ends of each interval. `level` is the share of draws that an interval covers,
    for the label. Overlapping intervals mean that the order of the two is open. Raises `ValueError` where an interval given by columns does not hold its rank, or nothing is ranked.

    >>> from talent import plot
    >>> paths = ["docs/examples/shunyi.submission.json", "docs/examples/wangjing.submission.json"]
    >>> compared = talent.compare([talent.Submission.load(path) for path in paths])
    >>> len(plot.rank_intervals(compared).get_yticklabels())
    2
    """
    whole = not isinstance(names, Sequence)
    if isinstance(names, Comparison):
        placed = {name: (one.rank, one.places) for name, one in names.communities.items()}
        ranked = {name: (rank, places) for name, (rank, places) in placed.items() if rank is not None and places is not None}
        names, ranks = list(ranked), [rank for rank, _ in ranked.values()]
        low, high = [places[0] for _, places in ranked.values()], [places[1] for _, places in ranked.values()]
    elif isinstance(names, Robustness):
        level = float(names.study["interval"]) if level is None else level
        drawn = {name: (one.rank, one.ranks) for name, one in names.units.items()}
        known = {name: (rank, span) for name, (rank, span) in drawn.items() if rank is not None and span is not None}
        names, ranks = list(known), [float(rank) for rank, _ in known.values()]
        low, high = [span.low for _, span in known.values()], [span.high for _, span in known.values()]
    _columns("rank_intervals", (ranks, low, high))
    assert ranks is not None and low is not None and high is not None
    at, start, end = _checked(names, ranks, low, high)
    if not whole and (np.any(start > at) or np.any(at > end)):
        raise ValueError("every rank must lie inside its interval")
    labels = [_short(name) for name in names]
    order = np.lexsort((end, start, at))
    with mpl.rc_context(_fonts(labels, lang)):
        ax = _new(ax, 7.0, 0.38 * len(labels) + 1.4)
        for y, i in enumerate(order):
            ax.hlines(y, start[i], end[i], color=SKY, linewidth=5, zorder=2)
            ax.plot([start[i], end[i]], [y, y], "o", color=BLUE, markersize=8, markerfacecolor="white", zorder=3)
            ax.plot(at[i], y, "D", color="black", markersize=5.5, zorder=4)
        ax.set_yticks(range(len(labels)), [labels[i] for i in order])
        ax.invert_yaxis()
        ax.set_xlim(0.5, max(float(np.max(end)), len(labels)) + 0.5)
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
        ax.grid(axis="x", color="#dddddd", zorder=0)
        covered = "" if level is None else _words(lang, f" ({level:.0%} of the draws)", f"（{level:.0%} 的抽样）")
        ax.set_xlabel(_words(lang, "rank (diamond) and its interval", "名次（菱形）及其区间") + covered)
        _bare(ax)
    return ax


def rank_acceptability(
    names: Sequence[str] | Robustness, shares: Sequence[Numbers] | np.ndarray[Any, Any] | None = None, ax: Axes | None = None, *, lang: str = "en"
) -> Axes:
    """How often each community takes each rank: of a `Robustness` (of up to 50 units), or a matrix of names × ranks, with shares from 0 to 1 whose rows add up to 1.

    The size and the shade of a square both say the share; shares of 5 % and more are written in. Names stand in order of their mean rank.
    Raises `ValueError` where the matrix is not of that kind. Source: Lahdelma, Hokkanen and Salminen, SMAA, EJOR 106 (1998).
    """
    if isinstance(names, Robustness):
        units = {name: one.acceptance for name, one in names.units.items() if one.acceptance}
        # Draws in which a unit has no score give it no rank; the shares are of those in which it has one.
        sums = {name: sum(acceptance.values()) for name, acceptance in units.items()}
        names, shares = list(units), [[units[name].get(rank, 0.0) / sums[name] for rank in range(1, len(units) + 1)] for name in units]
    _columns("rank_acceptability", (shares,))
    matrix = np.asarray(shares, dtype=float)
    if matrix.ndim != 2 or len(matrix) != len(names) or not names:
        raise ValueError("the matrix needs one row for each name")
    if np.any(~np.isfinite(matrix)) or np.any(matrix < -1e-9) or np.any(np.abs(matrix.sum(axis=1) - 1) > 1e-6):
        raise ValueError("every row must be shares from 0 to 1 that add up to 1")
    ranks = np.arange(1, matrix.shape[1] + 1)
    order = np.argsort(matrix @ ranks, kind="stable")
    labels = [_short(names[i]) for i in order]
    with mpl.rc_context(_fonts(labels, lang)):
        ax = _new(ax, 0.55 * len(ranks) + 0.115 * max(len(label) * (2 if _is_chinese(label) else 1) for label in labels) + 1.0, 0.55 * len(labels) + 1.2)
        for y, i in enumerate(order):
            for x, share in zip(ranks, matrix[i], strict=True):
                if share <= 0:
                    continue
                side = 0.92 * math.sqrt(share)
                ax.add_patch(Rectangle((x - side / 2, y - side / 2), side, side, color=plt.get_cmap("cividis_r")(0.15 + 0.8 * share), zorder=2))
                if share >= 0.05:
                    ax.text(x, y, f"{100 * share:.0f}", ha="center", va="center", fontsize="small", color="white" if share > 0.45 else "black", zorder=3)
        ax.set_xlim(0.4, len(ranks) + 0.6)
        ax.set_ylim(len(labels) - 0.4, -0.6)
        ax.set_aspect("equal")
        ax.set_xticks(ranks)
        ax.set_yticks(range(len(labels)), labels)
        ax.grid(color="#eeeeee", zorder=0)
        ax.set_axisbelow(True)
        ax.set_xlabel(_words(lang, "rank (share of the draws in percent)", "名次（数字为抽样所占百分比）"))
        _bare(ax)
    return ax


def sensitivity_bars(
    names: Sequence[str] | Robustness,
    first: Numbers | None = None,
    total: Numbers | None = None,
    ax: Axes | None = None,
    *,
    unit: str | None = None,
    most: int = 15,
    lang: str = "en",
) -> Axes:
    """How much of the spread of a result comes from each assumption: alone (`first`) and with all its interactions (`total`).

    Of a `Robustness` the result is the mean shift of ranks, or the score of one `unit`; raises `ValueError` where its study asked for no shares of variance.

    Sobol indices, columns of equal length, from 0 to 1; estimates a little below 0 are drawn as they are. The strongest `most` by total stand on top.
    """
    if isinstance(names, Robustness):
        effects = names.effects.get(unit, {})
        shares = {factor: (one.first[0], one.total[0]) for factor, one in effects.items() if one.first is not None and one.total is not None}
        if not shares:
            raise ValueError(f"the study has no shares of variance of {'the shift of ranks' if unit is None else repr(unit)}: ask for them by its `sensitivity`")
        names, first, total = list(shares), [share for share, _ in shares.values()], [share for _, share in shares.values()]
    _columns("sensitivity_bars", (first, total))
    assert first is not None and total is not None
    alone, whole = _checked(names, first, total)
    order = np.argsort(-whole, kind="stable")[:most]
    labels = [_short(names[i]) for i in order]
    with mpl.rc_context(_fonts(labels, lang)):
        ax = _new(ax, 7.0, 0.42 * len(labels) + 1.6)
        at = np.arange(len(labels))
        ax.barh(at - 0.19, whole[order], height=0.36, color=SKY, hatch="///", edgecolor="white", linewidth=0.4, zorder=2)
        ax.barh(at + 0.19, alone[order], height=0.36, color=BLUE, zorder=2)
        for y, i in zip(at, order, strict=True):
            ax.text(max(whole[i], 0) + 0.012, y - 0.19, f"{whole[i]:.2f}", va="center", fontsize="x-small")
            ax.text(max(alone[i], 0) + 0.012, y + 0.19, f"{alone[i]:.2f}", va="center", fontsize="x-small")
        ax.set_yticks(at, labels)
        ax.invert_yaxis()
        ax.set_xlim(min(0.0, float(np.min(alone[order]))), max(1.0, float(np.max(whole[order]))) + 0.08)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.grid(axis="x", color="#dddddd", zorder=0)
        keys = [
            Patch(facecolor=SKY, hatch="///", edgecolor="white", label=_words(lang, "with its interactions", "含交互作用")),
            Patch(facecolor=BLUE, label=_words(lang, "alone", "单独")),
        ]
        ax.legend(handles=keys, frameon=False, loc="lower right")
        ax.set_xlabel(_words(lang, "share of the spread of the result", "对结果离散程度的贡献"))
        _bare(ax)
    return ax


def standard_sunburst(standard: Standard, ax: Axes | None = None, *, lang: str = "en", depth: int = 3) -> Axes:
    """A standard as rings: scenarios inside, their categories around them, indicators outside. Angles are weights among siblings.

    `depth` is the number of rings. The code stands in a segment that has room for it, the names of the scenarios beside the picture.
    """
    if depth < 1:
        raise ValueError("at least one ring is needed")
    view = standard.to_dict()
    scenarios = view["scenarios"]
    names = [f"{scenario.get('code', '')} {_name(scenario['name'], lang)}".strip() for scenario in scenarios]
    title = _name(view["title"], lang)
    shades = plt.get_cmap("cividis")
    with mpl.rc_context(_fonts([*names, title], lang)):
        ax = _new(ax, 8.6, 6.4)
        width = 0.72 / depth

        def ring(members: Sequence[Mapping[str, Any]], level: int, start: float, extent: float, color: Any) -> None:
            weights = [float(member.get("weight", 1)) for member in members]
            everything = math.fsum(weights)
            angle = start
            for number, (member, weight) in enumerate(zip(members, weights, strict=True)):
                span = extent * weight / everything if everything else 0.0
                own = shades((number + 0.5) / len(members)) if level == 0 else color
                inner = 0.28 + width * level
                pale = tuple(1 - (1 - channel) * (1 - 0.24 * level) for channel in own[:3])
                ax.add_patch(Wedge((0, 0), inner + width, angle - span, angle, width=width, facecolor=pale, edgecolor="white", linewidth=0.7))
                middle, radius = math.radians(angle - span / 2), inner + width / 2
                if span * math.pi / 180 * radius > 0.075 and member.get("code"):
                    turn = math.degrees(middle) % 360
                    turn = turn - 180 if 90 < turn < 270 else turn
                    dark = 0.3 * pale[0] + 0.59 * pale[1] + 0.11 * pale[2] < 0.5
                    ax.text(radius * math.cos(middle), radius * math.sin(middle), _short(member["code"], 8), rotation=turn, rotation_mode="anchor", ha="center", va="center", fontsize=8 if level == 0 else 6, color="white" if dark else "black")
                if level + 1 < depth:
                    ring([*member.get("categories", []), *member.get("indicators", [])], level + 1, angle, span, own)
                angle -= span

        ring(scenarios, 0, 90.0, 360.0, None)
        keys = [Patch(facecolor=shades((number + 0.5) / len(names)), label=name) for number, name in enumerate(names)]
        ax.legend(handles=keys, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize="small")
        ax.text(0, 0, f"{len(scenarios)}\n{sum(1 for _ in standard.indicators)}", ha="center", va="center", fontsize="small", color="#555555")
        ax.set_xlim(-1.02, 1.02)
        ax.set_ylim(-1.02, 1.02)
        ax.set_aspect("equal")
        ax.set_axis_off()
        ax.set_title(title)
    return ax


def rounds_slope(rounds: Sequence[Assessment], ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """The scenarios of one community over its rounds, in order of their periods, and the total as a thick line.

    At least two assessments of one community; else `ValueError`. A scenario without a score in a round is a gap in its line. Rounds under different
    versions of a standard are drawn all the same where the scenarios are the same, with the version under the year: their scores may not compare.
    """
    several = sorted(rounds, key=lambda assessment: str(assessment.to_dict()["provenance"]["period"]["to"]))
    if len(several) < 2:
        raise ValueError("at least two rounds are needed")
    views = [assessment.to_dict()["provenance"] for assessment in several]
    if len({view["community"]["id"] for view in views}) > 1:
        raise ValueError("the rounds are of different communities")
    if len({tuple(assessment.scenarios) for assessment in several}) > 1:
        raise ValueError("the rounds do not have the same scenarios")
    versions = [view["standard"]["version"] for view in views]
    labels = [view["period"]["to"][:7] for view in views]
    if len(set(versions)) > 1:
        labels = [f"{label}\n({version})" for label, version in zip(labels, versions, strict=True)]
    names, _ = _scenarios(several[0], lang)
    title = _name(views[-1]["community"]["name"], lang)
    with mpl.rc_context(_fonts([*names, title], lang)):
        ax = _new(ax, 2.0 * len(several) + 3.6, 5.4)
        at = np.arange(len(several))
        ends: list[tuple[float, str]] = []
        columns = [[_share(score, "score") for score in _scenarios(assessment, lang)[1]] for assessment in several]
        for number, name in enumerate(names):
            values = [column[number] for column in columns]
            color = _SERIES[number % len(_SERIES)]
            ax.plot(at, values, color=color, marker=_MARKERS[number % len(_MARKERS)], linestyle=_LINES[number // len(_SERIES) % len(_LINES)], linewidth=1.3, markersize=5, alpha=0.9)
            ends.append((values[-1], name))
        totals = [_share(assessment.to_dict()["total"], "score") for assessment in several]
        ax.plot(at, totals, color="black", linewidth=3.2, marker="o", markersize=7)
        ends.append((totals[-1], _words(lang, "total", "总分")))
        # Names at the right end, pushed apart so that they can be read.
        known = sorted((end for end in ends if not math.isnan(end[0])), key=lambda end: end[0])
        low, high = ax.get_ylim()
        gap = (high - low) * 0.048
        places: list[float] = []
        for value, _ in known:
            places.append(max(value, places[-1] + gap) if places else value)
        if places:
            shift = max(0.0, places[-1] - max(high, known[-1][0]))
            places = [place - shift / 2 for place in places]
        for place, (value, name) in zip(places, known, strict=True):
            ax.annotate(f"{name} {value:.1f}", (at[-1], value), xytext=(at[-1] + 0.12, place), va="center", fontsize="small", color="#222222", arrowprops={"arrowstyle": "-", "color": "#bbbbbb", "linewidth": 0.6}, annotation_clip=False)
        ax.set_xticks(at, labels)
        ax.set_xlim(-0.15, len(several) - 1 + 0.95)
        ax.grid(axis="y", color="#e5e5e5")
        ax.set_ylabel(_words(lang, "score", "得分"))
        ax.set_title(title, loc="left")
        _bare(ax)
    return ax
