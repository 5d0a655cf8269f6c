"""Decision problems with published answers. Data and printed results are those that the test suites of pyrepo-mcda and scikit-criteria quote from the papers named beside each."""

from typing import Any

import numpy as np
import pytest
import talent

SIX = [[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]]
SIX_WEIGHTS = [0.4, 0.3, 0.1, 0.2]


def index(matrix: Any, weights: Any = None, signs: Any = None) -> talent.Index:
    table = np.array(matrix, dtype=float)
    codes = [f"c{j}" for j in range(table.shape[1])]
    indicators: dict[str, Any] = {"code": codes}
    if weights is not None:
        indicators["weight"] = weights
    if signs is not None:
        indicators["direction"] = signs
    return talent.Index(indicators, {"unit": [f"u{i}" for i in range(len(table))], **{code: table[:, j] for j, code in enumerate(codes)}})


def scores(index: talent.Index, how: str, **more: Any) -> list[Any]:
    return list(index.aggregate(how, missing="refuse", **more).scores.values())


def printed(found: Any, expected: Any, digits: int) -> None:
    """Equal to what is printed, to the last printed digit."""
    assert found == pytest.approx(expected, abs=0.51 * 10**-digits)


def test_topsis_of_tzeng_and_huang() -> None:
    # Tzeng and Huang, Multiple Attribute Decision Making (2011).
    found = scores(index([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3]), "topsis")
    printed(found, [0.5037, 0.6581, 0.7482, 0.3340], 4)


def test_vikor_of_papathanasiou_and_ploskas() -> None:
    # Papathanasiou and Ploskas, Multiple Criteria Decision Aid (2018), chapter 2, v = 0.625.
    found = scores(index(SIX, SIX_WEIGHTS), "vikor", v=0.625)
    printed([1 - x for x in found], [0.640, 1.000, 0.693, 0.271, 0.000, 0.694], 3)


PLANTS = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]


@pytest.mark.parametrize(
    ("weights", "q"),
    [
        ([1] * 8, [0.991, 1.0, 0.473, 0.670, 0.0, 0.578]),
        ([2] * 4 + [1] * 4, [1.0, 0.533, 0.552, 0.563, 0.0, 0.686]),
        ([1] * 4 + [2] * 4, [0.684, 1.0, 0.147, 0.554, 0.041, 0.191]),
        ([1] * 4 + [3.2] * 4, [0.668, 1.0, 0.051, 0.588, 0.058, 0.078]),
    ],
)
def test_vikor_of_opricovic_and_tzeng(weights: list[float], q: list[float]) -> None:
    # Opricovic and Tzeng, European Journal of Operational Research 178 (2007) 514-529: hydroelectric systems on the Drina, four sets of weights.
    found = scores(index(PLANTS, weights, [1, -1, 1, 1, -1, -1, -1, 1]), "vikor")
    # The last printed digit of the paper is off by one in places.
    assert [1 - x for x in found] == pytest.approx(q, abs=0.0011)


def test_copras_of_goswami_and_mitra() -> None:
    # Goswami and Mitra, International Journal of Data and Network Science 4 (2020) 27-42.
    phones = [[80, 16, 2, 5], [110, 32, 2, 9], [130, 64, 4, 9], [185, 64, 4, 1], [135, 64, 3, 4], [140, 32, 3, 5], [185, 64, 6, 7], [110, 16, 3, 3], [120, 16, 4, 3], [340, 128, 6, 5]]
    found = scores(index(phones, [0.60338, 0.13639, 0.19567, 0.06456], [-1, 1, 1, 1]), "copras")
    printed(found, [1, 0.85262, 0.91930, 0.68523, 0.80515, 0.72587, 0.83436, 0.79758, 0.79097, 0.79533], 5)


def test_promethee_of_papathanasiou_and_ploskas() -> None:
    # Papathanasiou and Ploskas (2018), chapter 3: linear preferences with q = 1 and p = 2.
    linear = {f"c{j}": {"shape": "linear", "q": 1, "p": 2} for j in range(4)}
    printed(scores(index(SIX, SIX_WEIGHTS), "promethee", preferences=linear), [-0.26, -0.52, -0.22, 0.36, 0.7, -0.06], 2)


def test_promethee_of_ziemba() -> None:
    # Ziemba, Sustainability 11 (2019) 1555.
    rows = [
        [38723, 34913, 25596, 34842, 22570, 39773, 19500, 34525, 16486],
        [33207, 32085, 2123, 32095, 1445, 17485, 868, 16958, 958],
        [0, 0.2, 5, 0.2, 0.2, 0.2, 99, 99, 99],
        [3375, 3127, 3547, 3115, 3090, 4135, 3160, 4295, 3653],
        [11.36, 12.78, 12.78, 12.86, 12.86, 17, 12.86, 17, 12.86],
        [-320.9, -148.4, -148.4, -9.9, -9.9, 0, -9.9, 0, -9.9],
        [203.7, 463, 356.2, 552.5, 295, 383, 264, 352, 264],
        [0, 11.7, 44.8, 11.7, 95.9, 95.9, 116.8, 116.8, 164.9],
        [0, 4.9, 10.7, 5.4, 11.2, 11.2, 11.2, 11.2, 11.2],
        [1, 1, 1, 3.5, 4, 4, 4, 4, 4],
        [21.5, 47.9, 27.7, 39.7, 1.5, 22.7, 2.7, 23.9, 1],
        [0, 3.7, 4.5, 10.3, 11.5, 11.5, 11.3, 11.3, 11.4],
    ]
    weights = [0.3333, 0.1667, 0.1667, 0.3333, 0.25, 0.75, 1, 1, 0.4, 0.20, 0.40, 1]
    p, q = [2100, 5000, 50, 200, 5, 20, 100, 80, 4, 2, 23, 3], [420, 1000, 10, 40, 1, 7, 50, 20, 1, 1, 4.6, 1]
    linear = {f"c{j}": {"shape": "linear", "q": q[j], "p": p[j]} for j in range(12)}
    found = scores(index(np.array(rows).T, weights, [-1, -1, 1, -1, 1, 1, -1, 1, 1, -1, -1, 1]), "promethee", preferences=linear)
    printed(found, [-0.4143, -0.5056, -0.2317, -0.2892, 0.3313, 0.0619, 0.4296, 0.1626, 0.4554], 4)


def test_promethee_of_ziemba_and_others() -> None:
    # Ziemba, Wątróbski, Zioło and Karczmarczyk, Energies 10 (2017) 1755: V-shaped preferences, wind farms at sea.
    rows = [
        [16347, 14219, 8160, 8160],
        [9, 8.5, 9, 8.5],
        [73.8, 55, 64.8, 62.5],
        [36.7, 36, 28.5, 29.5],
        [1.5, 2, 2, 1.5],
        [3730, 3240, 1860, 1860],
        [2, 1, 2, 1],
        [1, 1, 2, 3],
        [38.8, 33.1, 45.8, 27.3],
        [4, 2, 4, 3],
        [1720524, 1496512, 858830, 858830],
        [40012, 34803, 19973, 19973],
    ]
    weights = [20, 5, 5, 1.67, 1.67, 11.67, 11.67, 5, 5, 16.67, 8.33, 8.33]
    p = [7280, 4, 13.4, 7.4, 3, 1662, 3, 3, 13.8, 3, 766240, 17820]
    found = scores(
        index(np.array(rows).T, weights, [-1, -1, -1, -1, -1, 1, -1, -1, 1, -1, 1, 1]),
        "promethee",
        preferences={f"c{j}": {"shape": "v", "p": p[j]} for j in range(12)},
    )
    printed(found, [-0.0445, 0.1884, -0.0954, -0.0485], 4)


def test_the_weighted_sum_and_product_of_chakraborty_and_others() -> None:
    # Chakraborty, Zavadskas and Antucheviciene, Economic Computation and Economic Cybernetics 49 (2015) 5-22, example 2: the ends λ = 1 and λ = 0 of WASPAS.
    rows = [
        [581818, 54.49, 3, 5500],
        [595454, 49.73, 3, 4500],
        [586060, 51.24, 3, 5000],
        [522727, 45.71, 3, 5800],
        [561818, 52.66, 3, 5200],
        [543030, 74.46, 4, 5600],
        [522727, 75.42, 4, 5800],
        [486970, 62.62, 4, 5600],
        [509394, 65.87, 4, 6400],
        [513333, 70.67, 4, 6000],
    ]
    scaled = index(rows, [0.467, 0.160, 0.095, 0.278], [-1, -1, -1, 1]).normalise("share_of_max")
    # One of the printed sums is 0.81945 cut off, not rounded.
    for how in ("weighted_sum", "arithmetic"):
        assert scores(scaled, how) == pytest.approx([0.8590, 0.8194, 0.8430, 0.9420, 0.8645, 0.8315, 0.8552, 0.8983, 0.9067, 0.8784], abs=0.6e-4)
    for how in ("weighted_product", "geometric"):
        assert scores(scaled, how) == pytest.approx([0.8578, 0.8144, 0.8408, 0.9413, 0.8632, 0.8241, 0.8454, 0.8915, 0.8987, 0.8697], abs=0.6e-4)


def weights(index: talent.Index, how: str) -> list[float]:
    return list(index.weigh(how).aggregate("weighted_sum", missing="refuse").result.top.weights.values())


@pytest.mark.parametrize(
    ("matrix", "expected", "digits"),
    [
        # Xu, European Journal of Operational Research 156 (2004) 530-532.
        ([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]], [0.4630, 0.3992, 0.1378, 0.0000], 4),
        # Zavadskas and Podvezko, International Journal of Information Technology & Decision Making 15 (2016) 267-283.
        ([[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]], [0.1146, 0.1981, 0.4185, 0.2689], 4),
        # Ersoy, LogForum 17 (2021).
        (
            [
                [256, 8, 41, 1.6, 1.77, 7347.16],
                [256, 8, 32, 1.0, 1.8, 6919.99],
                [256, 8, 53, 1.6, 1.9, 8400],
                [256, 8, 41, 1.0, 1.75, 6808.9],
                [512, 8, 35, 1.6, 1.7, 8479.99],
                [256, 4, 35, 1.6, 1.7, 7499.99],
            ],
            [0.405, 0.221, 0.134, 0.199, 0.007, 0.034],
            3,
        ),
    ],
)
def test_entropy_weights(matrix: Any, expected: list[float], digits: int) -> None:
    printed(weights(index(matrix), "entropy"), expected, digits)


def test_critic_weights_of_tus_and_aytac_adali() -> None:
    # Tuş and Aytaç Adalı, Opsearch 56 (2019) 528-538, who correlate the values as they stand, so every member is taken as a benefit.
    found = weights(index([[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]]), "critic")
    printed(found, [0.157, 0.249, 0.168, 0.121, 0.154, 0.151], 3)


def test_deviation_weights_of_salabun_and_others() -> None:
    # Sałabun, Wątróbski and Shekhovtsov, Symmetry 12 (2020) 1549.
    found = weights(index([[0.619, 0.449, 0.447], [0.862, 0.466, 0.006], [0.458, 0.698, 0.771], [0.777, 0.631, 0.491], [0.567, 0.992, 0.968]]), "deviation")
    printed(found, [0.217, 0.294, 0.488], 3)


def test_the_hierarchy_of_papathanasiou_and_ploskas() -> None:
    # Papathanasiou and Ploskas (2018), chapter 5: criteria and six sites, both by judgements in pairs.
    criteria = [[1, 1, 5, 3], [1, 1, 5, 3], [1 / 5, 1 / 5, 1, 1 / 3], [1 / 3, 1 / 3, 3, 1]]
    sites = [
        [[1, 5, 1, 1, 1 / 3, 3], [1 / 5, 1, 1 / 3, 1 / 5, 1 / 7, 1], [1, 3, 1, 1 / 3, 1 / 5, 1], [1, 5, 3, 1, 1 / 3, 3], [3, 7, 5, 3, 1, 7], [1 / 3, 1, 1, 1 / 3, 1 / 7, 1]],
        [[1, 7, 3, 1 / 3, 1 / 3, 1 / 3], [1 / 7, 1, 1 / 3, 1 / 7, 1 / 9, 1 / 7], [1 / 3, 3, 1, 1 / 5, 1 / 5, 1 / 5], [3, 7, 5, 1, 1, 1], [3, 9, 5, 1, 1, 1], [3, 7, 5, 1, 1, 1]],
        [[1, 1 / 9, 1 / 7, 1 / 9, 1, 1 / 5], [9, 1, 1, 1, 5, 3], [7, 1, 1, 1, 5, 1], [9, 1, 1, 1, 7, 3], [1, 1 / 5, 1 / 5, 1 / 7, 1, 1 / 3], [5, 1 / 3, 1, 1 / 3, 3, 1]],
        [[1, 1 / 5, 1 / 5, 1 / 3, 1 / 7, 1 / 5], [5, 1, 1, 3, 1 / 3, 1], [5, 1, 1, 1, 1 / 3, 1], [3, 1 / 3, 1, 1, 1 / 7, 1], [7, 3, 3, 7, 1, 5], [5, 1, 1, 1, 1 / 5, 1]],
    ]

    def priorities(matrix: Any) -> list[float]:
        codes = [f"c{j}" for j in range(len(matrix))]
        # The values play no part.
        values = {"unit": ["a", "b"], **{code: [1, 2] for code in codes}}
        upper = [[x if j > i else None for j, x in enumerate(row)] for i, row in enumerate(matrix)]
        step = talent.Index({"code": codes}, values).weigh("ahp", judges=[talent.judgements(codes, upper)])
        return list(step.aggregate("arithmetic", missing="refuse").result.top.weights.values())

    local = np.array([priorities(matrix) for matrix in sites])
    # The book's matrices are not reciprocal in three places; only their upper halves are read here, which moves the third digit.
    assert np.array(priorities(criteria)) @ local == pytest.approx([0.117, 0.071, 0.095, 0.212, 0.350, 0.155], abs=0.0025)
