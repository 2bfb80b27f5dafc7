"""The clients, and the toolchains they pin: what installs one, and what runs it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
# Beside the sources, so that a build folder may be thrown away without a download.
CACHE = HERE.parents[1] / ".cache" / "clients"
MAVEN_REPOSITORY = Path(os.environ.get("PCSIM_MAVEN_REPOSITORY", CACHE / "maven"))
VENV = CACHE / "python"
JAVA_TARGET = CACHE / "java"
REAL_NAMES = (
    "api.partnercenter.microsoft.com",
    "login.microsoftonline.com",
    "login.windows.net",
    "management.azure.com",
)
SDK_ARTIFACT = "com.microsoft.store:partnercenter"


def _run(*command, folder):
    subprocess.run(command, cwd=folder, check=True)


class Toolchain:
    """`pins` say what is installed; the stamp is a copy of them from the last time."""

    def __init__(self, name, pins):
        self._pins = [HERE / name / pin for pin in pins]
        self._stamp = CACHE / f"{name}.stamp"
        self.refusal = CACHE / f"{name}.refused"
        self.folder = HERE / name

    def _wanted(self):
        return "".join(pin.read_text() for pin in self._pins)

    def installed(self):
        return self._stamp.exists() and self._stamp.read_text() == self._wanted()

    def install(self):
        if self.installed():
            return
        CACHE.mkdir(parents=True, exist_ok=True)
        self.refusal.unlink(missing_ok=True)
        reason = self._install()
        if reason:
            self.refusal.write_text(reason)
            print(reason, file=sys.stderr)
        else:
            self._stamp.write_text(self._wanted())

    def missing(self):
        """Why its clients cannot run; nothing when they can."""
        if self.installed():
            return None
        if self.refusal.exists():
            return self.refusal.read_text()
        sys.exit("the toolchain is not installed; run install.py")

    def _install(self):
        """Installs; answers why not when this machine cannot have it."""
        raise NotImplementedError

    def command(self, program, work):
        """What runs the program; `work` is a folder for one run."""
        raise NotImplementedError


class Curl(Toolchain):
    def _install(self):
        return None if shutil.which("curl") and shutil.which("jq") else "curl and jq are needed"

    def command(self, program, work):
        return ["sh", program]


class Python(Toolchain):
    def _install(self):
        shutil.rmtree(VENV, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(VENV), folder=self.folder)
        _run(
            str(VENV / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check",
            "--only-binary", ":all:", "--require-hashes", "-r", "requirements.txt",
            folder=self.folder,
        )  # fmt: skip
        return None

    def command(self, program, work):
        return [str(VENV / "bin" / "python"), program]


class Node(Toolchain):
    def installed(self):
        return super().installed() and (self.folder / "node_modules").is_dir()

    def _install(self):
        _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", folder=self.folder)
        return None

    def command(self, program, work):
        return ["node", program]


class Java(Toolchain):
    def _maven(self, *words):
        return [
            "mvn", "--batch-mode", "--quiet", "--strict-checksums", "--update-snapshots",
            f"-Dmaven.repo.local={MAVEN_REPOSITORY}", f"-Dpcsim.target={JAVA_TARGET}", *words,
        ]  # fmt: skip

    def _install(self):
        told = subprocess.run(
            self._maven("dependency:copy-dependencies"),
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        if told.returncode == 0:
            return None
        # Only the absence of the client itself excuses; anything else is a failure to look at.
        if f"Could not find artifact {SDK_ARTIFACT}" in told.stdout:
            return f"{SDK_ARTIFACT} is not in the Maven repositories this machine reaches\n"
        sys.exit(told.stdout)

    def _compile(self):
        """javac reads the jars that the installation copied; Maven is not asked again."""
        sources = sorted(str(source) for source in self.folder.glob("src/**/*.java"))
        classes = JAVA_TARGET / "classes"
        _run(
            "javac", "--release", "17", "-Xlint:all,-processing", "-Werror", "-d", str(classes),
            "-cp", str(JAVA_TARGET / "dependency" / "*"), *sources, folder=self.folder,
        )  # fmt: skip
        return f"{classes}:{JAVA_TARGET / 'dependency'}/*"

    def command(self, program, work):
        hosts = work / "hosts"
        hosts.write_text("".join(f"127.0.0.1 {name}\n" for name in REAL_NAMES))
        return ["java", f"-Djdk.net.hosts.file={hosts}", "-cp", self._compile(), program]


CURL = Curl("curl", [])
PYTHON = Python("python", ["requirements.txt"])
NODE = Node("node", ["package-lock.json"])
JAVA = Java("java", ["pom.xml"])
TOOLCHAINS = {"curl": CURL, "python": PYTHON, "node": NODE, "java": JAVA}


@dataclass
class Client:
    """`port_443`: it calls the real service's names, so that it needs their port; `hosts_file`:
    and finds them only in the system's hosts file."""

    name: str
    toolchain: Toolchain
    program: str
    port_443: bool = False
    hosts_file: bool = False


CLIENTS = {
    client.name: client
    for client in (
        Client("curl", CURL, "story.sh"),
        Client("node-fetch", NODE, "fetch_story.mjs"),
        Client("node-https", NODE, "https_story.mjs"),
        Client("node-msal", NODE, "msal_story.mjs"),
        Client("node-identity", NODE, "identity_story.mjs"),
        Client("node-identity-names", NODE, "names_story.mjs", port_443=True, hosts_file=True),
        Client("node-arm-reservations", NODE, "arm_story.mjs"),
        Client("node-arm-management", NODE, "management_story.mjs"),
        Client("partnercenterservices", PYTHON, "partnercenterservices_story.py"),
        Client("partnercenter-java-wire", PYTHON, "java_wire_story.py"),
        Client("azure-mgmt-reservations", PYTHON, "arm_story.py"),
        Client("azure-identity", PYTHON, "identity_story.py"),
        Client("azure-identity-names", PYTHON, "names_story.py", port_443=True, hosts_file=True),
        Client("partnercenter-java", JAVA, "pcsim.clients.Story", port_443=True),
    )
}
