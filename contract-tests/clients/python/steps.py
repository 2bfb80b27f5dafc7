"""What the Python clients share: the ready file, and their steps in the trace."""

import json
import os


def ready():
    with open(os.environ["PCSIM_READY_FILE"], encoding="utf-8") as file:
        return json.load(file)


def step(name):
    """Begins a call; what the simulator logs from here on belongs to it."""
    with open(os.environ["PCSIM_TRACE"], "a", encoding="utf-8") as trace:
        trace.write(json.dumps({"step": name}) + "\n")


def expect(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: expected {wanted!r}, got {got!r}")


def one(elements, **members):
    """The first element with these members."""
    for element in elements:
        if all(element[name] == value for name, value in members.items()):
            return element
    raise LookupError(f"none has {members}")
