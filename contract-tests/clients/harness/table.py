"""From what a client did to its table in docs/clients.md."""

import json
import re
from itertools import groupby


SCOPE = "/{*scope}"


def _pattern(template):
    """The host matches paths in any case, with doubled slashes, and with version 1 or 1.0."""
    if template.startswith(SCOPE):
        return re.compile("(/.*)?" + _pattern(template[len(SCOPE) :]).pattern, re.IGNORECASE)
    parts = [
        "[^/]+" if part.startswith("{") else re.escape(part) for part in template.split("/")
    ]
    path = "/".join(parts)
    if path.startswith("/v1/"):
        path = r"/v1(\.0)?/" + path[len("/v1/") :]
    return re.compile(path + "/?", re.IGNORECASE)


class Routes:
    def __init__(self, routes):
        # A literal path wins over one with a parameter in its place, and both over any scope.
        ordered = sorted(
            routes, key=lambda route: (route[2].startswith(SCOPE), route[2].count("{"))
        )
        self._routes = [(name, method, _pattern(path)) for name, method, path in ordered]

    def name(self, method, path):
        path = re.sub("/+", "/", path)
        for name, wanted, pattern in self._routes:
            if method == wanted and pattern.fullmatch(path):
                return f"`{name}`"
        return "no operation"


def steps_of(trace, routes):
    """[(step, what the simulator answered)] in the order of the client's steps."""
    steps = []
    for line in trace.splitlines():
        entry = json.loads(line)
        if "step" in entry:
            steps.append((entry["step"], []))
        elif entry.get("event") == "request":
            if not steps:
                steps.append(("before the first step", []))
            name = routes.name(entry["method"], entry["path"])
            steps[-1][1].append(f"{name} {entry['status']}")
    return [(step, _folded(answers)) for step, answers in steps]


def _folded(answers):
    counted = ((answer, len(list(same))) for answer, same in groupby(answers))
    return ", ".join(f"{answer}, repeatedly" if count > 1 else answer for answer, count in counted)


def render(steps):
    rows = [f"| {step} | {answers or 'nothing was asked'} |" for step, answers in steps]
    return "\n".join(["| call | answered |", "|---|---|", *rows]) + "\n"


def _section(client):
    return re.compile(
        rf"(<!-- calls of {re.escape(client)} -->\n)(.*?)(<!-- end -->)", re.DOTALL
    )


def documented(document, client):
    """The table of the client in the document, or nothing."""
    found = _section(client).search(document)
    return found.group(2) if found else None


def replaced(document, client, table):
    return _section(client).sub(lambda m: m.group(1) + table + m.group(3), document)
