"""A wall clock that can be set for one process, by libfaketime."""

import ctypes
import glob
import os
import pathlib

LIBRARIES = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")


class Clock:
    """The wall clock of services that are started with it."""

    def __init__(self, path):
        self._path = path
        self.set(0)
        # Otherwise libfaketime creates these and moves the environment, after which Swift looks for the arguments.
        self._semaphore, self._memory = (f"/faketime_{kind}_{os.getpid()}" for kind in ("sem", "shm"))
        ctypes.CDLL(None).sem_open(self._semaphore.encode(), os.O_CREAT, 0o600, 1)
        pathlib.Path("/dev/shm" + self._memory).write_bytes(bytes(4096))
        self.environment = os.environ | {
            "LD_PRELOAD": LIBRARIES[0] if LIBRARIES else "",
            "FAKETIME_TIMESTAMP_FILE": str(path),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_SHARED": f"{self._semaphore} {self._memory}",
        }

    def remove(self):
        ctypes.CDLL(None).sem_unlink(self._semaphore.encode())
        pathlib.Path("/dev/shm" + self._memory).unlink()

    def set(self, ahead):
        """Sets it this many seconds ahead of the true time."""
        # Atomically, since a service may read it at any moment.
        written = self._path.with_suffix(".new")
        written.write_text(f"{ahead:+d}\n")
        written.rename(self._path)
