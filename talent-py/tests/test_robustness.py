"""How sure results are, from Python; and beside SALib, which analyses the same evaluations."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from SALib.analyze import sobol

import talent

WEIGHTS = {"id": "weights", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.4}}}
VALUES = {"id": "values", "vary": {"type": "values", "error": {"type": "relative", "by": 0.05}}}


def index() -> talent.Index:
    rng = np.random.default_rng(7)
    codes = [f"i{at}" for at in range(6)]
    indicators = {"code": [*codes, "a", "b"], "parent": ["a", "a", "a", "b", "b", "b", None, None]}
    values: dict[str, Any] = {"unit": [f"u{at}" for at in range(12)], **{code: rng.uniform(1, 9, 12) for code in codes}}
    return talent.Index(indicators, values).normalise("min_max").aggregate("arithmetic", missing="exclude")


def examples(root: Path) -> list[talent.Submission]:
    return [talent.Submission.load(path) for path in sorted((root / "docs/examples").glob("*.submission.json"))]


def test_effects_are_those_of_salib() -> None:
    step = {"id": "join", "vary": {"type": "step", "options": [
        {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}, {"type": "aggregate", "how": {"type": "minimum"}, "missing": "exclude"}]}}
    result = index().robustness({"factors": [WEIGHTS, VALUES, step]}, draws=10, sensitivity={"base": 256, "resamples": 10})
    for unit in (None, "u0", "u5"):
        evaluations = np.asarray(result.evaluations(unit)).reshape(256, 5)
        # SALib wants A, then A with each factor from B, then B.
        ours = evaluations[:, [0, 2, 3, 4, 1]].ravel()
        theirs = sobol.analyze({"num_vars": 3, "names": ["weights", "values", "join"], "bounds": [[0, 1]] * 3}, ours, calc_second_order=False, num_resamples=2, seed=1)
        for at, name in enumerate(("weights", "values", "join")):
            influence = result.effects[unit][name]
            assert influence.first is not None and influence.total is not None
            assert math.isclose(influence.first[0], theirs["S1"][at], abs_tol=1e-9)
            assert math.isclose(influence.total[0], theirs["ST"][at], abs_tol=1e-9)


def test_draws_are_what_the_intervals_come_from() -> None:
    result = index().robustness({"factors": [WEIGHTS]}, draws=500, interval=0.8, seed=3)
    for name, unit in result.units.items():
        scores = np.asarray(result.draw_scores(name))
        assert unit.scores is not None and unit.ranks is not None
        assert np.allclose([unit.scores.low, unit.scores.median, unit.scores.high], np.quantile(scores, [0.1, 0.5, 0.9]), atol=1e-12)
        ranks = np.array(result.draw_ranks(name))
        assert np.allclose([unit.ranks.low, unit.ranks.high], np.quantile(ranks, [0.1, 0.9]))
        assert math.isclose(sum(unit.acceptance.values()), 1.0) and unit.inside
    # Every draw made again by hand from its weights.
    parameters = result.parameters(0, 4)
    members = {code: f"weights:{code}" for code in ("a", "b", *(f"i{at}" for at in range(6)))}
    assert set(parameters) == set(members.values())
    normal = index().result.values
    for draw in range(4):
        weight = {code: parameters[name][draw] for code, name in members.items()}
        groups = {group: sum(weight[code] * np.array(normal[code]) for code in codes) for group, codes in {"a": ("i0", "i1", "i2"), "b": ("i3", "i4", "i5")}.items()}
        total = weight["a"] * groups["a"] + weight["b"] * groups["b"]
        found = [result.draw_scores(f"u{at}")[draw] for at in range(12)]
        assert np.allclose(found, total)


def test_submissions_and_the_command_agree(root: Path, tmp_path: Path) -> None:
    submissions = examples(root)
    result = talent.robustness(submissions, draws=60)
    assert result.study["factors"] == talent.usual_study()["factors"]
    assert set(result.units) == {submission.to_dict()["community"]["id"] for submission in submissions}
    again = talent.Robustness.from_json(result.to_json())
    assert again == result and hash(again) == hash(result)
    assert talent.robustness(submissions, result.study).to_json() == result.to_json()
    with pytest.raises(ValueError, match="no draws"):
        again.draw_scores("wangjing")
    assert sum(len(group) for group in result.groups) == 8
    wins = result.wins
    assert all(math.isclose(wins[a][b] + wins[b][a], 1.0) for a in wins for b in wins)
    assert result.unmodelled and len(result.to_columns()["score_low"]) == 8
    for unit in result.units.values():
        assessment = next(talent.assess(one) for one in submissions if one.to_dict()["community"]["id"] == unit.unit)
        assert unit.score == assessment.total


def test_progress_and_stopping(root: Path) -> None:
    seen: list[tuple[int, int]] = []
    talent.robustness(examples(root), draws=600, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (600, 600) and seen == sorted(seen)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index().robustness({"factors": [VALUES]}, draws=100_000, progress=stop)


def test_everything_wrong_is_told(root: Path) -> None:
    with pytest.raises(talent.MethodError) as error:
        index().robustness({"factors": [{"id": "a", "vary": {"type": "unknown"}}, {"id": "a", "vary": {"type": "weights", "nodes": ["c"], "spread": {"type": "dirichlet"}}}]}, draws=1)
    assert {found.code for found in error.value.diagnostics} == {"TM0802", "TM0803", "TM0804", "TM0807"}
    with pytest.raises(talent.MethodError):
        index().robustness({"factors": "all"})
    broken = examples(root)[0].to_dict()
    broken["observations"][0]["indicator"] = "no-such"
    with pytest.raises(talent.MethodError, match="cannot be scored"):
        talent.robustness([talent.Submission.from_json(json.dumps(broken))])


def test_scores_alone_are_those_with_everything() -> None:
    everything, alone = index().robustness({"factors": [WEIGHTS]}, draws=50), index().robustness({"factors": [WEIGHTS]}, draws=50, only="scores")
    assert alone.draw_scores("u3").tolist() == everything.draw_scores("u3").tolist()
    assert {name: unit.scores for name, unit in alone.units.items()} == {name: unit.scores for name, unit in everything.units.items()}
    assert everything.shift is not None and alone.shift is None and alone.groups == [] and alone.draw_ranks("u3") == []
    with pytest.raises(talent.MethodError):
        index().robustness({"factors": [WEIGHTS]}, only="ranks")
