"""Scaling dense features, so that regularisation treats them like the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from model.linear import Floats

#: The standard deviation that they are brought to.
DENSE_SCALE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Scaler:
    """Brings dense features to mean 0 and one standard deviation."""

    mean: Floats
    factor: Floats

    @classmethod
    def fit(cls, dense: Floats, rows: npt.NDArray[np.bool_]) -> Scaler:
        """Learn from some of the rows of a matrix."""
        return cls(dense[rows].mean(axis=0), DENSE_SCALE / (dense[rows].std(axis=0) + 1e-3))

    def transform(self, dense: Floats) -> Floats:
        """Scale a matrix."""
        return (dense - self.mean) * self.factor

    def fold(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Coefficients for features that are not scaled; shape (K, n)."""
        return coefficients * self.factor

    def shift(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """What to take off the intercepts then; shape (K,)."""
        return self.fold(coefficients) @ self.mean
