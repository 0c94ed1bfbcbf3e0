"""Sweden 1993 in five-year ages: Preston, Heuveline and Guillot, *Demography* (2001), Boxes 6.1 and 6.2."""

from __future__ import annotations

import numpy as np

WOMEN = np.array([
    293395, 248369, 240012, 261346, 285209, 314388, 281290, 286923, 304108, 324946, 247613, 211351, 215141, 221764,
    223506, 183654, 141990, 112424,
], dtype=float)  # fmt: skip
MEN = np.array([
    310189, 261963, 252046, 274711, 296679, 333726, 296774, 299391, 314295, 338709, 256066, 208841, 199996, 197282,
    184234, 133856, 86732, 49095,
], dtype=float)  # fmt: skip

# Person-years lived, of 100,000 born.
LIVED_WOMEN = np.array([
    497487, 497138, 496901, 496531, 495902, 495168, 494213, 492760, 490447, 486613, 480665, 471786, 457852, 436153,
    402775, 350358, 271512, 291707,
], dtype=float)  # fmt: skip
LIVED_MEN = np.array([
    496754, 496297, 495989, 495113, 493460, 491475, 489325, 486487, 482392, 476532, 467568, 452941, 428556, 390707,
    336027, 261507, 172333, 128631,
], dtype=float)  # fmt: skip

FERTILITY = np.array([0, 0, 0, 0.012, 0.0908, 0.1499, 0.1125, 0.0441, 0.0074, 0.0003, 0, 0, 0, 0, 0, 0, 0, 0])
BOYS_PER_GIRL = 1.05

# Net migration of women in five years, and what the book says of 1998.
NET_WOMEN = np.array([
    6840, 4150, 3365, 5270, 9240, 8230, 5470, 3155, 1770, 1115, 1075, 845, 645, 530, 465, 300, 250, 175,
], dtype=float)  # fmt: skip
WOMEN_1998_CLOSED = np.array([
    293574, 293189, 248251, 239833, 261015, 284787, 313782, 280463, 285576, 301731, 320974, 243039, 205109, 204945,
    204793, 194419, 142324, 131768,
], dtype=float)  # fmt: skip
WOMEN_1998_OPEN = np.array([
    302392, 298682, 252007, 244150, 268267, 293515, 320624, 284767, 288031, 303166, 322062, 243989, 205841, 205516,
    205270, 194771, 142565, 131966,
], dtype=float)  # fmt: skip
BIRTHS_OPEN = np.array([0, 0, 0, 15244, 126688, 229354, 170057, 63203, 10971, 472, 0, 0, 0, 0, 0, 0, 0, 0], dtype=float)


def survival(lived: np.ndarray) -> np.ndarray:
    """Survival into each age class, from person-years lived by 100,000 born."""
    ratios = np.empty(len(lived))
    ratios[0] = lived[0] / 500_000
    ratios[1:-1] = lived[1:-1] / lived[:-2]
    ratios[-1] = lived[-1] / (lived[-2] + lived[-1])
    return ratios
