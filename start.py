#!/usr/bin/env python3
"""Makes Atesta ready in this folder and starts it; needs nothing but Python.

python3 start.py               the invented university, ready to try
python3 start.py --no-demo     an empty house, for one's own university
python3 start.py --prepare     make everything ready, start nothing
python3 start.py test [...]    every test but the long soaks; options go to pytest
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DATA = Path(os.environ.get("ATESTA_DATA_DIR") or ROOT / "var").resolve()
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PARTS = ("config", "qa", "recognition", "reports", "fixtures")
OLDEST = (3, 11)
FIRST_PORT, LAST_PORT = 8000, 65535
SIGN_IN = "/sign-in/"
SECONDS_TO_ANSWER, SECONDS_TO_STOP = 90, 20


def say(text: str) -> None:
    """Tell the person at once, also where the output goes into a file."""
    print(text, flush=True)


def version_message(version: Sequence[int], newer: str | None = None) -> str:
    """What is wrong with this Python and what mends it; empty if nothing is."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    found = ".".join(str(part) for part in version[:3])
    wanted = ".".join(str(part) for part in OLDEST)
    mend = (
        f"This machine has a newer one:\n\n    {newer} start.py\n"
        if newer
        else "On Debian 12, Ubuntu 24.04 or newer:\n\n"
        "    sudo apt install python3 python3-venv\n"
    )
    return f"Atesta needs Python {wanted} or newer; this is {found}. {mend}"


def newer_python() -> str | None:
    """The name of a Python on the path that is new enough, if there is one."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1] + 4, OLDEST[1] - 1, -1)]
    return next((name for name in names if shutil.which(name)), None)


def venv_message(has_ensurepip: bool, is_root: bool) -> str:
    """What mends a Python that cannot make virtual environments; empty if it can."""
    if has_ensurepip:
        return ""
    command = "apt install python3-venv" if is_root else "sudo apt install python3-venv"
    return (
        "This Python cannot make virtual environments. On Debian and Ubuntu:\n\n"
        f"    {command}\n\nThen start again."
    )


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def venv_python() -> Path:
    """The interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """Make the virtual environment, unless it was made to its end before."""
    made = VENV / "made"
    if venv_python().exists() and (made.exists() or any(VENV.glob("*.installed"))):
        return
    message = venv_message(importlib.util.find_spec("ensurepip") is not None, is_root())
    if message:
        sys.exit(message)
    say("Making the virtual environment .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    made.touch()


def digest(paths: Iterable[Path]) -> str:
    """One hash over names and contents of files, whatever their order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the step that wrote the stamp saw the same inputs."""
    return stamp.is_file() and stamp.read_text(encoding="ascii") == wanted


def install(lock: Path) -> None:
    """Install exactly what the lock names; nothing to do if its hash is known."""
    stamp = VENV / f"{lock.stem}.installed"
    wanted = digest([lock])
    if is_current(stamp, wanted):
        return
    count = lock.read_text(encoding="utf-8").count("==")
    say(f"Installing {count} packages; the first time takes about half a minute")
    if not installed_by_uv(lock):
        # pip alone reads the machine's own package settings, mirrors included.
        install = ["-m", "pip", "install", "--disable-pip-version-check", "-qq"]
        run([str(venv_python()), *install, *_from(lock)])
    stamp.write_text(wanted, encoding="ascii")


def installed_by_uv(lock: Path) -> bool:
    """Try uv where it happens to be on the path: it is quicker, and never needed."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    command = [uv, "pip", "install", "--quiet", "--compile-bytecode"]
    command += ["--python", str(venv_python()), *_from(lock)]
    tried = subprocess.run(command, capture_output=True, check=False)
    return tried.returncode == 0


def _from(lock: Path) -> list[str]:
    return ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]


def make_keys() -> None:
    """The secret key, those of seals and of results: the owner's, never replaced."""
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret, half = DATA / "secret.key", DATA / "secret.key.new"
    if not secret.exists() or not secret.stat().st_size:
        half.touch(mode=0o600)
        half.write_text(secrets.token_urlsafe(64), encoding="ascii")
        half.replace(secret)
    seals = ("SEAL_KEY_FILE", "seal.key", "qa.seal_key")
    results = ("ISSUER_KEYS_FILE", "issuer.keys", "recognition.issuing.keys")
    for variable, name, module in (seals, results):
        if not (path := Path(os.environ.get(variable) or DATA / name)).exists():
            make = f"import pathlib, sys, {module} as it; it.make(pathlib.Path(sys.argv[1]))"
            run([str(venv_python()), "-c", make, str(path)])


def compile_translations() -> None:
    """Compile the catalogues that are newer than what was compiled from them."""
    catalogues = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if any(is_older(po.with_suffix(".mo"), po) for po in catalogues):
        say("Compiling the translations")
        compile_all = ["-m", "babel.messages.frontend", "--quiet", "compile"]
        run([str(venv_python()), *compile_all, "-D", "django", "-d", "locale"])
    # Babel passes over a catalogue whose header is marked fuzzy and says it was fine.
    left = [str(po) for po in catalogues if is_older(po.with_suffix(".mo"), po)]
    if left:
        sys.exit(
            f"No translations were compiled from {', '.join(left)}. Is the header"
            " marked “fuzzy”? Take the mark away and start again."
        )


def is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def inputs(*patterns: str) -> list[Path]:
    """The lock and every file of ours that matches."""
    found = [
        path for part in PARTS for name in patterns for path in (ROOT / part).glob(name)
    ]
    kept = [path for path in found if path.is_file() and path.suffix != ".pyc"]
    return [LOCK, *kept]


def step(name: str, saying: str, patterns: Sequence[str], *command: str) -> None:
    """Run a command of manage.py unless its inputs are those of the last time."""
    stamp = DATA / "stamps" / name
    wanted = digest(inputs(*patterns))
    if is_current(stamp, wanted):
        return
    say(saying)
    manage(*command)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="ascii")


def forget_stamps_of_a_lost_database() -> None:
    """A server may have been emptied meanwhile, a file can be seen to be gone."""
    if os.environ.get("DATABASE_URL") or not (DATA / "db.sqlite3").exists():
        for name in ("migrated", "reference", "jobs", "demo"):
            (DATA / "stamps" / name).unlink(missing_ok=True)


def mode_message(kept: str, wanted: str, folder: Path) -> str:
    """Why a folder of one kind is not opened as the other; empty if it is the same."""
    if kept in ("", wanted):
        return ""
    content = {"demo": "the invented university", "own": "a house of your own"}
    option = " --no-demo" if wanted == "own" else ""
    return (
        f"{folder} holds {content[kept]}; the two are never mixed. Take another"
        f" folder:\n\n    ATESTA_DATA_DIR=another-folder python3 start.py{option}\n"
    )


def keep_mode(demo: bool) -> None:
    """Known passwords never open a real house, nor does the demo fill one."""
    kept, wanted = DATA / "mode", "demo" if demo else "own"
    text = kept.read_text(encoding="ascii") if kept.exists() else ""
    message = mode_message(text, wanted, DATA)
    if message:
        sys.exit(message)
    kept.write_text(wanted, encoding="ascii")


def prepare(demo: bool) -> None:
    """Everything up to, but not including, the two processes."""
    make_venv()
    install(LOCK)
    make_keys()
    keep_mode(demo)
    compile_translations()
    forget_stamps_of_a_lost_database()
    migrations = ["migrations/*.py", "triggers.py"]
    step("migrated", "Preparing the database", migrations, "migrate", "--verbosity=0")
    reference = ["reference.py", "reference/**/*"]
    step("reference", "Loading standards and rules", reference, "load_reference")
    step("jobs", "Telling the worker what to do when", ["jobs.py"], "schedule_jobs")
    if demo:
        # Once: whoever tries things out does not want them undone by an update.
        step("demo", "Playing the demo's stories; this happens once", [], "load_demo")
    static = ["static/**/*", "package_files.py"]
    collect = ["collectstatic", "--noinput", "--verbosity=0"]
    step("static", "Collecting the static files", static, *collect)


def environment(demo: bool, place: int | None = None) -> dict[str, str]:
    """What our programs are told: mode, address, and that there is no HTTPS here."""
    return {
        "ATESTA_HTTPS": "no",
        "ATESTA_URL": f"http://127.0.0.1:{place or FIRST_PORT}",
        **os.environ,
        "ATESTA_DATA_DIR": str(DATA),
        "ATESTA_DEMO": "yes" if demo else "no",
    }


def run(command: Sequence[str]) -> None:
    """Run one program to its end; stop here if it fails."""
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        said = " ".join(command)
        sys.exit(f"This failed with code {code}; why stands above:\n    {said}")


def manage(*command: str) -> None:
    run([str(venv_python()), "manage.py", *command])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"a number from 1 to {LAST_PORT}")
    return number


def chosen_port(asked: int | None) -> int:
    """The port asked for, else the first free one."""
    if asked is not None:
        if not is_free(asked):
            other = max(asked + 1, FIRST_PORT)
            sys.exit(
                f"Port {asked} is taken, or not ours to use."
                f" Try: python3 start.py --port {other}"
            )
        return asked
    return next(port for port in range(FIRST_PORT, LAST_PORT + 1) if is_free(port))


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a program of ours, out of reach of the keyboard's Ctrl+C: we stop it."""
    command = [str(venv_python()), *arguments]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=os.name == "posix")


def start_web(port: int) -> subprocess.Popen[bytes]:
    # One process with threads: SQLite takes one writer at a time anyway.
    serve = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    size = ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    return start(*serve, "--port", str(port), *size, "config.wsgi:application")


def status(url: str) -> int:
    """What a page answers, asked without any proxy; 0 while nobody listens."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(url: str, web: subprocess.Popen[bytes]) -> None:
    """Come back when the page is served; give up if it fails or is too slow."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while (code := status(url)) != 200:
        if web.poll() is not None:
            sys.exit(f"The web server ended with code {web.returncode}; why is above.")
        if code or time.monotonic() > until:
            sys.exit(f"{url} does not open (answer {code or 'none'}); why is above.")
        time.sleep(0.1)


def ask_who_signs_in(demo: bool) -> subprocess.Popen[str]:
    """Begin to list the people of the demo; it takes as long as the first page."""
    asked = "demo_signins" if demo else "first_steps"
    command = [str(venv_python()), "manage.py", asked]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask our own children to end, wait, and insist only with those that do not."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    for child in running:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    signal.signal(signal.SIGINT, before)


def interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def serve(port: int, demo: bool) -> None:
    """Run the web server and the worker until someone stops them or one ends."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    address = f"http://127.0.0.1:{port}"
    children = [start_web(port)]
    try:
        asked = ask_who_signs_in(demo)
        wait_for(address + SIGN_IN, children[0])
        told = [f"\nAtesta is ready: {address}/", asked.communicate()[0].rstrip()]
        say("\n\n".join(filter(None, [*told, "Stop with Ctrl+C."])))
        children.append(start("manage.py", "qcluster"))
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        sys.exit("One of the two processes ended by itself; why stands above.")
    except KeyboardInterrupt:
        say("\nStopping")
    finally:
        stop(children)


def test(arguments: Sequence[str]) -> int:
    """Run the tests with everything they need."""
    make_venv()
    install(DEV_LOCK)
    compile_translations()
    # A file stays in one process: what it prepares, it prepares once.
    spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    pytest = [str(venv_python()), "-m", "pytest", *spread, "-m", "not soak"]
    return subprocess.run([*pytest, *arguments], cwd=ROOT, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    message = version_message(sys.version_info, newer_python())
    if message:
        sys.exit(message)
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # compiling it all anew doubles a start
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--port", type=port, help="serve on this port (else: a free one)"
    )
    parser.add_argument("--no-demo", action="store_true", help="without the demo")
    parser.add_argument("--prepare", action="store_true", help="make ready and exit")
    options = parser.parse_args(arguments)
    demo = not options.no_demo
    place = None if options.prepare else chosen_port(options.port)
    os.environ.update(environment(demo, place))
    prepare(demo)
    if place is not None:
        serve(place, demo)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped before it was done; the next start takes it up again.")
