"""Correlation clustering of a similarity matrix under must-link and cannot-link constraints.

The objective (Bansal, Blum & Chawla 2004) sums similarity minus a threshold over all pairs that
share a cluster, so the number of clusters follows from the data. A greedy contraction by mean
similarity (UPGMA, Sokal & Michener 1958) makes the start; moves of single items and merges of
clusters then raise the objective until none does (Elsner & Schudy 2009 compare such heuristics).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = NDArray[np.float64]
Labels = NDArray[np.intp]

_GAIN = 1e-9
"""Smaller gains are rounding; to follow them could go round in circles."""


def cluster(
    similarity: Matrix,
    threshold: float,
    blocks: Labels,
    apart: Iterable[tuple[int, int]] = (),
) -> Labels:
    """A label for each item: items of one block stay together, blocks in `apart` never meet.

    `blocks` has one number per item, from 0 and without gaps; `apart` names pairs of blocks.
    """
    sizes = np.bincount(blocks).astype(float)
    gains = _between_clusters(similarity - threshold, blocks, len(sizes))
    np.fill_diagonal(gains, 0.0)
    _forbid(gains, apart)
    labels = _contract(gains, sizes)
    improving = True
    while improving:
        moved = _move(gains, labels)
        improving = _merge(gains, labels) or moved
    return labels[blocks]


def _forbid(gains: Matrix, apart: Iterable[tuple[int, int]]) -> None:
    """Give forbidden pairs a loss that all other pairs together can't outweigh."""
    loss = -1.0 - np.abs(gains).sum()
    for one, other in apart:
        gains[one, other] = gains[other, one] = loss


def _contract(gains: Matrix, sizes: NDArray[np.float64]) -> Labels:
    """Merge the two clusters of the highest mean gain while it is positive."""
    labels = np.arange(len(gains))
    rows = np.arange(len(gains))
    weights = sizes.copy()
    means = gains / np.outer(weights, weights)
    np.fill_diagonal(means, -np.inf)
    nearest = means.argmax(axis=1)
    while True:
        kept = int(means[rows, nearest].argmax())
        gone = int(nearest[kept])
        if means[kept, gone] <= _GAIN:
            return labels
        labels[labels == gone] = kept
        _join(means, weights, kept, gone)
        # The new mean lies between its two parts, so only rows that pointed at them are stale.
        stale = np.flatnonzero((nearest == kept) | (nearest == gone))
        nearest[stale] = means[stale].argmax(axis=1)


def _join(means: Matrix, weights: NDArray[np.float64], kept: int, gone: int) -> None:
    total = weights[kept] + weights[gone]
    joined = (weights[kept] * means[kept] + weights[gone] * means[gone]) / total
    means[kept], means[:, kept] = joined, joined
    means[gone], means[:, gone] = -np.inf, -np.inf
    weights[kept] = total


def _move(gains: Matrix, labels: Labels) -> bool:
    """Move each item to the cluster, or the empty place, where it gains most; tell if any moved."""
    pull = _by_cluster(gains, labels, len(gains)).T.copy()
    moved = False
    for item, row in enumerate(pull):
        own, best = labels[item], row.argmax()
        if row[best] > row[own] + _GAIN:
            pull[:, own] -= gains[item]
            pull[:, best] += gains[item]
            labels[item] = best
            moved = True
    return moved


def _merge(gains: Matrix, labels: Labels) -> bool:
    """Merge the pairs of clusters that gain most by it; tell if any merged."""
    pull = _between_clusters(gains, labels, len(gains))
    np.fill_diagonal(pull, 0.0)
    merged = False
    while pull.max() > _GAIN:
        kept, gone = divmod(int(pull.argmax()), len(pull))
        labels[labels == gone] = kept
        pull[kept] += pull[gone]
        pull[:, kept] += pull[:, gone]
        pull[gone] = pull[:, gone] = pull[kept, kept] = 0.0
        merged = True
    return merged


def _between_clusters(symmetric: Matrix, labels: Labels, clusters: int) -> Matrix:
    """Sums over each pair of clusters, shape (clusters, clusters)."""
    return _by_cluster(_by_cluster(symmetric, labels, clusters).T, labels, clusters)


def _by_cluster(matrix: Matrix, labels: Labels, clusters: int) -> Matrix:
    """Sums of the rows of each cluster, shape (clusters, columns)."""
    items = len(labels)
    member = csr_array((np.ones(items), labels, np.arange(items + 1)), shape=(items, clusters))
    return np.asarray(member.T @ matrix)
