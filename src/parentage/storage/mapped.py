"""Bytes of a local file lent straight from the system's file cache, without a copy.

Touching a mapped page that cannot be had kills a process. So every range is first brought in by a call that answers
with an error instead (MADV_POPULATE_READ, Linux 5.14); where the system has no such call nothing is mapped.
"""

import ctypes
import errno
import mmap
import os
import sys
from typing import Any

import numpy as np

from parentage.errors import StorageError

_POPULATE_READ = 22


class MappedFile:
    """One file, mapped whole; only ranges asked for are read."""

    def __init__(self, descriptor: int, size: int, where: str) -> None:
        self._where = where
        self._bytes = memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ))
        self._address = np.frombuffer(self._bytes, dtype=np.uint8).ctypes.data
        # Called through ctypes because that leaves other threads running while the disk is read.
        self._advise: Any = ctypes.CDLL(None, use_errno=True).madvise
        self._advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)

    def view(self, start: int, stop: int) -> memoryview | None:
        """Return the bytes [start, stop), already read; None where the system cannot bring them in safely."""
        first = start - start % mmap.PAGESIZE
        if self._advise(self._address + first, stop - first, _POPULATE_READ) == 0:
            return self._bytes[start:stop]
        problem = ctypes.get_errno()
        if problem in (errno.EINVAL, errno.ENOSYS):
            return None
        reason = "is shorter than it was" if problem == errno.EFAULT else os.strerror(problem)
        raise StorageError(f"{self._where}: {reason}: bytes {start}-{stop} could not be read")


def can_map() -> bool:
    """Say whether this system may know how to bring in a mapped range safely."""
    return sys.platform == "linux"
