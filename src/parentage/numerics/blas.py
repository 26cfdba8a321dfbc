"""Keeps LAPACK to one thread a call: its results then do not depend on how many cores there are.

Its own threads also wait by spinning: beside other work on the machine a decomposition takes ten times as long.
"""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Bound the linear algebra libraries of this process to one thread while the context is open."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield
