"""A network of one's own: loopback only, with every port free."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

_INSIDE = "PCSIM_OWN_NETWORK"
_SIOCSIFFLAGS = 0x8914
_IFF_UP_AND_RUNNING = 0x41
# As root first; a user namespace is the way of everybody else, where the system allows it.
_WAYS = (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"])


def inside():
    return os.environ.get(_INSIDE) == "1"


def enter(with_mounts=False):
    """Starts this program again in a network of its own, `with_mounts` with its own mounts too;
    returns only when there is no way."""
    extra = ["--mount"] if with_mounts else []
    # A file system that lets nothing be mounted is found out here, not in the middle of a story.
    trial = ["mount", "--bind", "/etc/hosts", "/etc/hosts"] if with_mounts else ["true"]
    for way in _WAYS if shutil.which("unshare") else ():
        way = [*way, *extra]
        if subprocess.run([*way, *trial], stderr=subprocess.DEVNULL).returncode == 0:
            environment = {**os.environ, _INSIDE: "1"}
            os.execvpe(way[0], [*way, sys.executable, *sys.argv], environment)


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", _IFF_UP_AND_RUNNING)
        fcntl.ioctl(control, _SIOCSIFFLAGS, request)


def bind_hosts(names, work):
    """Makes /etc/hosts of this mount namespace say that the names are here."""
    hosts = work / "hosts"
    hosts.write_text("127.0.0.1 localhost\n" + "".join(f"127.0.0.1 {name}\n" for name in names))
    subprocess.run(["mount", "--bind", str(hosts), "/etc/hosts"], check=True)
