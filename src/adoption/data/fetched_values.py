"""All fetched values of states: read, put over the compiled tables, and guarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from adoption.data.area_codes import read_area_codes
from adoption.data.capacity_guards import capacity_violations
from adoption.data.covariate_guards import covariate_violations
from adoption.data.exceptions import Violation
from adoption.data.fetched_capacity import fetched_capacity, with_capacity
from adoption.data.fetched_covariates import (
    PublishedCovariates,
    fetched_covariates,
    with_covariates,
)
from adoption.data.fetched_votes import PublishedVotes, fetched_votes, with_votes
from adoption.data.names import Participants
from adoption.data.published import PublishedValues
from adoption.data.readers.publishers import Registry
from adoption.data.snapshots import SnapshotStore
from adoption.data.vote_guards import vote_violations


@dataclass(frozen=True, eq=False)
class FetchedValues:
    """Every snapshot of every source of values, of each source the oldest first.

    Attributes
    ----------
    capacity : list of list of PublishedValues
        The indices.
    covariates : list of list of PublishedCovariates
        The World Bank's indicators.
    votes : list of list of PublishedVotes
        Roll calls.
    """

    capacity: list[list[PublishedValues]]
    covariates: list[list[PublishedCovariates]]
    votes: list[list[PublishedVotes]]


def read_fetched_values(
    registry: Registry, store: SnapshotStore, participants: Participants, reference: Path
) -> FetchedValues:
    """Read every snapshot of values of states."""
    codes = read_area_codes(reference, participants)
    return FetchedValues(
        fetched_capacity(registry, store, participants, codes),
        fetched_covariates(registry, store, codes),
        fetched_votes(registry, store, participants, codes),
    )


def put_over(
    compiled: Mapping[str, pd.DataFrame], fetched: FetchedValues
) -> dict[str, pd.DataFrame]:
    """Put the newest snapshot of each source over the compiled tables."""
    return {
        "capacity": with_capacity(compiled["capacity"], [s[-1] for s in fetched.capacity]),
        "states": with_covariates(compiled["states"], [s[-1] for s in fetched.covariates]),
        "votes": with_votes(compiled["votes"], [s[-1] for s in fetched.votes]),
    }


def value_violations(
    compiled: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    fetched: FetchedValues,
) -> list[Violation]:
    """Return what the guards find."""
    return [
        *capacity_violations(compiled["capacity"], tables["capacity"], fetched.capacity),
        *covariate_violations(compiled["states"], fetched.covariates),
        *vote_violations(compiled["votes"], tables["states"], fetched.votes),
    ]
