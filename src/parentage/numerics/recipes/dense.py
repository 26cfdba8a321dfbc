"""Methods that move every element."""

from parentage.numerics.recipes.dense_linear import LINEAR
from parentage.numerics.recipes.dense_sphere import SPHERE
from parentage.numerics.recipes.method import Method

DENSE: tuple[Method, ...] = (*LINEAR, *SPHERE)
