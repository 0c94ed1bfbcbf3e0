"""Checks of the arrays that people and rates come in, with a sentence for what is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.errors import OutlookError

__all__ = ["checked"]


def checked(
    values: ArrayLike,
    name: str,
    *,
    shape: tuple[int, ...] | None = None,
    least: float | None = 0.0,
    most: float | None = None,
) -> NDArray[np.float64]:
    """`values` as float64 with every number finite, between `least` and `most`, and `shape` as the last axes.

    Raises OutlookError, whose message names the array, the first wrong value and where it stands.
    """
    array = np.asarray(values, dtype=np.float64)
    if shape is not None and array.shape[max(array.ndim - len(shape), 0) :] != shape:
        raise OutlookError(f"The {name} have the shape {array.shape}.", cure=f"Give an array that ends in {shape}.")
    _refuse(array, ~np.isfinite(array), name, cure="Give a finite number in every cell.")
    if least is not None:
        _refuse(array, array < least, name, cure=f"No value may be below {least:g}.")
    if most is not None:
        _refuse(array, array > most, name, cure=f"No value may be above {most:g}.")
    return array


def _refuse(array: NDArray[np.float64], wrong: NDArray[np.bool_], name: str, *, cure: str) -> None:
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at position {place}" if place else ""
        raise OutlookError(f"The {name} hold the value {array[place]:g}{where}.", cure=cure)
