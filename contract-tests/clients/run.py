#!/usr/bin/env python3
"""Runs one client against a simulator of its own, and compares what it met with docs/clients.md.

usage: run.py PCSIM_BINARY CLIENT [--update]

Exit code 77: the client cannot run here, and why is said.
"""

import difflib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import network, toolchains
from harness.simulator import Simulator
from harness.table import Routes, documented, render, replaced, steps_of

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "clients.md"
LIMIT_SECONDS = 120


def play(binary, client, work):
    """Runs the client; its steps and what each met."""
    port = 443 if network.inside() else 0
    with Simulator(binary, work, port) as simulator:
        run = subprocess.run(
            client.toolchain.command(client.program, work),
            cwd=client.toolchain.folder,
            env=simulator.environment(),
            timeout=LIMIT_SECONDS,
        )
        routes = Routes(simulator.routes())
    if run.returncode != 0:
        print(simulator.trace.read_text(), file=sys.stderr)
        sys.exit(f"{client.name} ended with {run.returncode}; above is what it met")
    return steps_of(simulator.trace.read_text(), routes)


def compare(client, table, update):
    document = DOCUMENT.read_text()
    was = documented(document, client.name)
    if was is None:
        sys.exit(f"{DOCUMENT} has no section for the calls of {client.name}")
    if was == table:
        return
    if update:
        DOCUMENT.write_text(replaced(document, client.name, table))
        return
    sys.stderr.writelines(
        difflib.unified_diff(was.splitlines(True), table.splitlines(True), "docs/clients.md", "run")
    )
    sys.exit(f"{client.name} met something else; run this again with --update if that is right")


def main(binary, name, *options):
    client = toolchains.CLIENTS[name]
    # Those that need no own network get one where they can, so that nothing leaves the machine.
    if not network.inside():
        network.enter(client.hosts_file)
        if client.port_443:
            print(f"{name} needs port 443 in a network of its own, and unshare is refused here")
            sys.exit(77)
    else:
        network.raise_loopback()
    if reason := client.toolchain.missing():
        print(reason)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as work:
        if client.hosts_file:
            network.bind_hosts(toolchains.REAL_NAMES, Path(work))
        steps = play(os.path.abspath(binary), client, Path(work))
    compare(client, render(steps), "--update" in options)
    print(f"{name}: {len(steps)} calls, as documented")


if __name__ == "__main__":
    main(*sys.argv[1:])
