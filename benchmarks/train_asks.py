"""Make pipeline/netaudit/text/asks.json from Parakweet's labelled e-mail sentences (Apache-2.0).

    python benchmarks/train_asks.py path/to/parakweet/train.txt

A logistic regression on which runs of words a sentence holds, each scaled by how differently
asks and other sentences use it (naive Bayes log-count ratio: Wang and Manning 2012, "Baselines
and bigrams"). Prints precision and recall of five-fold cross-validation for some thresholds, then
trains on all sentences. Precision is given for the share of asks in the data's own test split
(31%), because the training split holds more of them (47%) and a precision depends on it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from netaudit.text import asks

RIDGE = 3.3
"""Weight of the squared weights; chosen by cross-validation."""
MIN_SENTENCES = 2
"""Sentences that a feature stands in at least."""
MIN_WEIGHT = 0.03
"""Smaller weights are left out of the file."""
SHARE = 0.31
FOLDS = 5
ABOUT = "Made by benchmarks/train_asks.py from Parakweet's EmailIntentDataSet (Apache-2.0)"
TARGET = Path(asks.__file__).with_name("asks.json")


def read(path: Path) -> tuple[list[str], np.ndarray]:
    """Sentences and whether each is labelled as asking."""
    rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if "\t" in line]
    return [text for _, text in rows], np.array([label == "Yes" for label, _ in rows])


def matrix(found: list[list[str]], vocabulary: list[str]) -> csr_matrix:
    """Whether each sentence holds each feature, (sentences, features) of 0 and 1."""
    place = {feature: index for index, feature in enumerate(vocabulary)}
    cells = [(row, place[f]) for row, each in enumerate(found) for f in set(each) if f in place]
    rows, columns = np.array(cells).T
    shape = (len(found), len(vocabulary))
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)


def ratios(present: csr_matrix, asked: np.ndarray) -> np.ndarray:
    """How differently asks and others use a feature: the absolute log ratio of its shares."""
    yes, no = (np.asarray(present[side].sum(axis=0)).ravel() + 1.0 for side in (asked, ~asked))
    return np.abs(np.log((yes / yes.sum()) / (no / no.sum())))


def fit(present: csr_matrix, asked: np.ndarray) -> tuple[float, np.ndarray]:
    """Bias and weights of a ridge logistic regression on the scaled features."""
    ratio = ratios(present, asked)
    bias, weights = ridge(present.multiply(ratio).tocsr(), asked)
    return bias, weights * ratio


def ridge(present: csr_matrix, asked: np.ndarray) -> tuple[float, np.ndarray]:
    """Bias and weights of a ridge logistic regression."""
    sign = np.where(asked, 1.0, -1.0)

    def loss(all_weights: np.ndarray) -> tuple[float, np.ndarray]:
        bias, weights = all_weights[0], all_weights[1:]
        margin = sign * (present @ weights + bias)
        pull = -sign / (1 + np.exp(margin))
        value = np.logaddexp(0, -margin).sum() + RIDGE / 2 * weights @ weights
        return value, np.concatenate([[pull.sum()], present.T @ pull + RIDGE * weights])

    best = minimize(loss, np.zeros(present.shape[1] + 1), jac=True, method="L-BFGS-B")
    return float(best.x[0]), best.x[1:]


def cross_validated(present: csr_matrix, asked: np.ndarray) -> np.ndarray:
    """Each sentence's probability from a model that has not seen it."""
    fold = np.random.default_rng(0).integers(FOLDS, size=len(asked))
    result = np.zeros(len(asked))
    for each in range(FOLDS):
        bias, weights = fit(present[fold != each], asked[fold != each])
        result[fold == each] = 1 / (1 + np.exp(-(present[fold == each] @ weights + bias)))
    return result


def prepared(texts: list[str]) -> tuple[csr_matrix, list[str]]:
    """Which of the features that are common enough each sentence holds, and their names."""
    found = [asks.features(asks.words(text)) for text in texts]
    counts = Counter(feature for each in found for feature in set(each))
    vocabulary = sorted(feature for feature, n in counts.items() if n >= MIN_SENTENCES)
    return matrix(found, vocabulary), vocabulary


def natural(chosen: np.ndarray, asked: np.ndarray) -> tuple[float, float]:
    """Precision at the natural share of asks, and recall."""
    recall, false = float(chosen[asked].mean()), float(chosen[~asked].mean())
    return recall * SHARE / (recall * SHARE + false * (1 - SHARE)), recall


def table(probability: np.ndarray, asked: np.ndarray) -> str:
    """Precision at the natural share and recall, by threshold."""
    lines = ["threshold  precision  recall"]
    for threshold in np.arange(0.4, 0.91, 0.05):
        precision, recall = natural(probability >= threshold, asked)
        lines.append(f"{threshold:9.2f}  {precision:9.3f}  {recall:6.3f}")
    return "\n".join(lines)


def main(path: Path) -> None:
    """Validate, train, write."""
    texts, asked = read(path)
    present, vocabulary = prepared(texts)
    sys.stdout.write(table(cross_validated(present, asked), asked) + "\n")
    bias, weights = fit(present, asked)
    kept = {f: round(w, 2) for f, w in zip(vocabulary, weights, strict=True) if abs(w) > MIN_WEIGHT}
    content = {"about": ABOUT, "bias": round(bias, 3), "weights": kept}
    TARGET.write_text(
        json.dumps(content, indent=0, sort_keys=True, ensure_ascii=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
