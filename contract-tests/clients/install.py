#!/usr/bin/env python3
"""Installs what the clients need, unless it is there: install.py [curl|python|node|java]..."""

import fcntl
import sys

from harness import toolchains

if __name__ == "__main__":
    toolchains.CACHE.mkdir(parents=True, exist_ok=True)
    # Two test runs of one checkout take turns.
    with open(toolchains.CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in sys.argv[1:] or toolchains.TOOLCHAINS:
            toolchains.TOOLCHAINS[name].install()
