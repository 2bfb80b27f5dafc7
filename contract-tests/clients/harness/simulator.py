"""A simulator for one client: started on a free port or on 443, stopped at the end."""

import json
import os
import subprocess
import time


class Simulator:
    """`trace` gets the log, one line a request, between the steps the client writes there."""

    def __init__(self, binary, work, port):
        self.binary = binary
        self.trace = work / "trace"
        self.ready_file = work / "ready.json"
        self._command = [
            binary, "serve", "--listen", f"localhost:{port}", "--control", "127.0.0.1:0",
            "--state-dir", str(work / "state"), "--ready-file", str(self.ready_file),
            "--delays", "none", "--seed", "1", "--log-level", "debug",
        ]  # fmt: skip
        self._process = None

    def __enter__(self):
        with open(self.trace, "ab") as trace:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, stderr=trace
            )
        deadline = time.monotonic() + 60
        while not self.ready_file.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"the simulator did not start:\n{self.trace.read_text()}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    @property
    def ready(self):
        return json.loads(self.ready_file.read_text())

    def environment(self):
        """What a client needs: where the simulator is, whom to trust, where its steps go."""
        told = subprocess.run(
            [self.binary, "env", "--json", "--ready-file", str(self.ready_file)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return {
            **os.environ,
            **json.loads(told.stdout),
            "PCSIM_READY_FILE": str(self.ready_file),
            "PCSIM_TRACE": str(self.trace),
        }

    def routes(self):
        """(operation, method, path template) of each route."""
        told = subprocess.run([self.binary, "routes"], check=True, capture_output=True, text=True)
        lines = (line.split()[:3] for line in told.stdout.splitlines())
        return [tuple(words) for words in lines if len(words) == 3 and words[2].startswith("/")]


