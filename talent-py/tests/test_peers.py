"""The methods that other tools have too, side by side with them. Where they differ by definition, docs/design/index.md says which and why."""

import random
from typing import Any

import numpy as np
import pytest
import talent

# Warnings of other packages are theirs.
pytestmark = pytest.mark.filterwarnings("ignore")

UNITS, MEMBERS = 15, 6


def matrix() -> Any:
    generator = random.Random(20261123)
    return np.array([[round(generator.uniform(1, 100), 2) for _ in range(MEMBERS)] for _ in range(UNITS)])


X = matrix()
W = np.array([0.25, 0.2, 0.15, 0.15, 0.15, 0.1])
SIGNS = np.array([1, -1, 1, -1, 1, 1])
CODES = [f"c{j}" for j in range(MEMBERS)]


def index(signs: Any = SIGNS) -> talent.Index:
    indicators = {"code": CODES, "weight": W, "direction": signs}
    return talent.Index(indicators, {"unit": [f"u{i}" for i in range(UNITS)], **{code: X[:, j] for j, code in enumerate(CODES)}})


def scores(index: talent.Index) -> list[float]:
    return [score for score in index.scores.values() if score is not None]


def test_topsis_agrees_with_pymcdm_and_scikit_criteria() -> None:
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS as OTHER
    from skcriteria.preprocessing.scalers import VectorScaler

    ours = scores(index().aggregate("topsis", missing="exclude", scale="min_max"))
    assert ours == pytest.approx(TOPSIS()(X, W, SIGNS), abs=1e-12)
    ours = scores(index().aggregate("topsis", missing="exclude"))
    decision = VectorScaler(target="matrix").transform(mkdm(X, SIGNS.tolist(), weights=W))
    assert ours == pytest.approx(OTHER().evaluate(decision).e_.similarity, abs=1e-12)
    assert vector_normalization(X[:, 0]) == pytest.approx(X[:, 0] / np.linalg.norm(X[:, 0]))


def test_vikor_is_one_less_the_q_of_pymcdm() -> None:
    from pymcdm.methods import VIKOR

    ours = scores(index().aggregate("vikor", missing="exclude"))
    assert [1 - score for score in ours] == pytest.approx(VIKOR()(X, W, SIGNS), abs=1e-12)


def test_promethee_agrees_with_pymcdm() -> None:
    from pymcdm.methods import PROMETHEE_II

    ours = scores(index().aggregate("promethee", missing="exclude"))
    assert ours == pytest.approx(PROMETHEE_II("usual")(X, W, SIGNS), abs=1e-12)


def test_copras_is_the_textbook_formula_which_pymcdm_misses() -> None:
    from pymcdm.methods import COPRAS

    ours = scores(index().aggregate("copras", missing="exclude"))
    shares = X / X.sum(axis=0) * W
    benefit, cost = shares[:, SIGNS > 0].sum(axis=1), shares[:, SIGNS < 0].sum(axis=1)
    q = benefit + cost.sum() / (cost * (1 / cost).sum())
    assert ours == pytest.approx(q / q.max(), abs=1e-12)
    theirs = COPRAS()(X, W, SIGNS)
    assert np.argsort(theirs).tolist() != np.argsort(ours).tolist(), "the peer's defect is mended: compare with it again"


def test_the_sum_agrees_with_pymcdm() -> None:
    from pymcdm.methods import WSM

    ours = scores(index().normalise("min_max", high=1).aggregate("arithmetic", missing="exclude"))
    from pymcdm.normalizations import minmax_normalization

    assert ours == pytest.approx(WSM(minmax_normalization)(X, W, SIGNS), abs=1e-12)


def weights(how: str, prepared: talent.Index) -> list[float]:
    return list(prepared.weigh(how).aggregate("weighted_sum", missing="exclude").result.top.weights.values())


def test_weights_agree_with_pymcdm() -> None:
    from pymcdm import weights as peer

    up = np.ones(MEMBERS, dtype=int)
    assert weights("entropy", index(up)) == pytest.approx(peer.entropy_weights(X), abs=1e-12)
    assert weights("deviation", index(up)) == pytest.approx(peer.standard_deviation_weights(X), abs=1e-12)
    assert weights("critic", index(up)) == pytest.approx(peer.critic_weights(X), abs=1e-12)


def test_critic_applies_the_direction_first_as_scikit_criteria_does_and_pymcdm_does_not() -> None:
    from pymcdm import weights as peer
    from skcriteria.preprocessing.weighters import critic_weights

    ours = weights("critic", index())
    turned = (X * SIGNS - (X * SIGNS).min(axis=0)) / (X.max(axis=0) - X.min(axis=0))
    assert ours == pytest.approx(critic_weights(turned, [1] * MEMBERS, scale=False), abs=1e-12)
    assert ours != pytest.approx(peer.critic_weights(X), abs=1e-3)
