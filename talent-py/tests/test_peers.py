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


def test_methods_agree_with_pyrepo_mcda() -> None:
    from pyrepo_mcda import mcda_methods as peer
    from pyrepo_mcda import normalizations, weighting_methods

    topsis = peer.TOPSIS(normalization_method=normalizations.vector_normalization)
    turned = X.copy()
    # Its vector normalisation turns costs round to 1 - x/|x|, which keeps every distance.
    assert scores(index().aggregate("topsis", missing="exclude")) == pytest.approx(topsis(turned, W, SIGNS), abs=1e-12)
    vikor = scores(index().aggregate("vikor", missing="exclude", v=0.3))
    assert [1 - score for score in vikor] == pytest.approx(peer.VIKOR(v=0.3)(X, W, SIGNS), abs=1e-12)
    assert scores(index().aggregate("copras", missing="exclude")) == pytest.approx(peer.COPRAS()(X, W, SIGNS), abs=1e-12)
    method = peer.PROMETHEE_II()
    usual = method(X, W, SIGNS, preference_functions=[method._usual_function] * MEMBERS)
    assert scores(index().aggregate("promethee", missing="exclude")) == pytest.approx(usual, abs=1e-12)
    sum_ = peer.SAW(normalization_method=normalizations.minmax_normalization)
    assert scores(index().normalise("min_max", high=1).aggregate("arithmetic", missing="exclude")) == pytest.approx(sum_(X, W, SIGNS), abs=1e-12)
    up = np.ones(MEMBERS, dtype=int)
    assert weights("entropy", index(up)) == pytest.approx(weighting_methods.entropy_weighting(X), abs=1e-12)
    assert weights("critic", index(up)) == pytest.approx(weighting_methods.critic_weighting(X), abs=1e-12)
    assert weights("deviation", index(up)) == pytest.approx(weighting_methods.std_weighting(X), abs=1e-12)


def test_copras_and_the_weighted_product_agree_with_scikit_criteria() -> None:
    from skcriteria import mkdm
    from skcriteria.agg.copras import COPRAS
    from skcriteria.agg.simple import WeightedProductModel
    from skcriteria.agg.vikor import VIKOR

    shares = mkdm(X / X.sum(axis=0), SIGNS.tolist(), weights=W)
    theirs = COPRAS().evaluate(shares).e_.score
    assert scores(index().aggregate("copras", missing="exclude")) == pytest.approx(theirs / theirs.max(), abs=1e-12)
    up = mkdm(X, [1] * MEMBERS, weights=W)
    ours = scores(index(np.ones(MEMBERS, dtype=int)).aggregate("weighted_product", missing="exclude"))
    assert np.log10(ours) == pytest.approx(WeightedProductModel().evaluate(up).e_.score, abs=1e-12)
    ours = scores(index().aggregate("vikor", missing="exclude"))
    assert [1 - score for score in ours] == pytest.approx(VIKOR(use_compromise_set=False).evaluate(mkdm(X, SIGNS.tolist(), weights=W)).e_.q_k, abs=1e-12)


def test_the_random_index_of_ahp_is_named_and_differs_between_programs() -> None:
    from pymcdm.weights.subjective import AHP

    judgements: list[list[float | None]] = [[1, 3, 5], [1 / 3, 1, 4], [1 / 5, 1 / 4, 1]]
    codes = CODES[:3]
    table = talent.Index({"code": codes}, {"unit": ["a", "b"], **{code: [1, 2] for code in codes}})
    ours = {
        index: table.weigh("ahp", judges=[talent.judgements(codes, judgements)], random_index=index).aggregate("arithmetic", missing="refuse").result
        for index in ("saaty", "alonso_lamata")
    }
    theirs = AHP(matrix=np.array(judgements))
    for result in ours.values():
        assert list(result.top.weights.values()) == pytest.approx(np.asarray(theirs()), abs=1e-6)
    ratios = [result.top.measures["consistency_ratio"] for result in ours.values()]
    assert ratios[0] * 0.58 == pytest.approx(ratios[1] * 0.5245)
    assert ours["saaty"].to_dict()["method"]["steps"][0]["how"]["random_index"] == "saaty"
