"""Plays the Dockerfile where there is no container engine: its own lines, in a Debian of its own, and what they make.

    sudo python3 deploy/try_image_steps.py /var/tmp/second-look-image      # five minutes; 1.5 GB; needs debootstrap

RUN, COPY, ENV, WORKDIR and USER are taken from the Dockerfile and done in a chroot. Differences from a real build:
Debian's own Python 3.13 stands in for the base image, and a chroot keeps nothing apart but files. Then, as the account
of the image: settings fit for production, PostgreSQL 17, the commands of `migrate`, the web server, HEALTHCHECK, a
backup and a restore drill. The build stage is played twice, and both must be the same to the byte. Ends with 1 when
anything fails.
"""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = "ca-certificates,python3,python3-venv,python3-pip,python-is-python3,postgresql-17"
# What leads to the machine's package index, and nothing else of its environment.
HANDED_ON = [
    name for name in os.environ if re.fullmatch(r"PIP_(INDEX_URL|CERT|DEFAULT_TIMEOUT|PROXY)|https?_proxy", name)
]
BUILT = ("opt/venv", "srv/second-look")
SECRETS = {
    "SECRET_KEY": "a-secret-for-a-try-that-is-long-enough-and-has-many-different-letters-0123456789",
    "FIELD_ENCRYPTION_KEYS": "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "ALLOWED_HOSTS": "second-look.example",
    "BEHIND_HTTPS_PROXY": "1",
    "DATABASE_URL": "postgresql://second_look@%2Ftmp%2Fpg/second_look",
    "WEB_BIND": "unix:/run/second-look/web.sock,127.0.0.1:8000",
    "WEB_PROXY_PROTOCOL": "auto",
    "WEB_PROCESSES": "1",
}


def instructions(stage):
    """(name, words) of each line of a stage of the Dockerfile, with its ARGs filled in."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    values, inside = {}, False
    for line in filter(str.strip, text.splitlines()):
        name, _, words = line.strip().partition(" ")
        if name == "FROM":
            inside = words.endswith(f" AS {stage}")
        elif name == "ARG":
            key, _, value = words.partition("=")
            values[key] = value
        elif inside:
            known = values if name != "RUN" else {}
            yield name, re.sub(r"\$\{(\w+)\}", lambda found, known=known: known.get(found[1], found[0]), words)


class Place:
    """A root folder in which a stage is played, and what ENV, WORKDIR and USER have said so far."""

    def __init__(self, folder):
        self.folder, self.user, self.workdir = folder, "0:0", "/"
        self.variables = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent"}

    def run(self, *command, started=False, user=None, **variables):
        """Run a command as RUN and CMD do. Raises CalledProcessError; with `started` gives the running process."""
        inside = ["chroot", f"--userspec={user or self.user}", self.folder, "sh", "-c", 'cd "$0" && exec "$@"']
        handed_on = {name: os.environ[name] for name in HANDED_ON}
        play = subprocess.Popen if started else subprocess.run
        checked = {} if started else {"check": True}
        return play([*inside, self.workdir, *command], env=handed_on | self.variables | variables, **checked)

    def play(self, stage):
        """Do every line of a stage."""
        for name, words in instructions(stage):
            print(f"{stage}: {name} {words[:100]}", flush=True)
            match name:
                case "ENV":
                    for key, value in (pair.partition("=")[::2] for pair in shlex.split(words)):
                        self.variables[key] = value.replace("$PATH", self.variables["PATH"])
                case "WORKDIR":
                    self.workdir = words
                    (self.folder / words.lstrip("/")).mkdir(parents=True, exist_ok=True)
                case "USER":
                    self.user = words
                case "RUN":
                    self.run("sh", "-c", words)
                case "COPY" if not words.startswith("--from"):
                    *sources, target = words.split()
                    for source in sources:
                        self.copy(source, target)

    def copy(self, source, target):
        """COPY, as .dockerignore has it: only what git knows. What is already there came from the stage before."""
        into = self.folder / self.workdir.lstrip("/")
        listed = subprocess.check_output(["git", "ls-files", source], cwd=ROOT, text=True).splitlines()
        for name in listed:
            file = into / (target + name if target.endswith("/") and "/" not in name else name)
            file = into / target if target == "locked.txt" else into / name
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, file)

    def digests(self):
        """{path: SHA-256 of its kind and content} of all that the build stage made."""
        found = {}
        for path in sorted(path for part in BUILT for path in (self.folder / part).rglob("*")):
            content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
            name = str(path.relative_to(self.folder))
            found[name] = hashlib.sha256(f"{path.lstat().st_mode:o} ".encode() + content).hexdigest()
        return found


def a_debian(folder):
    """A fresh Debian 13 with Python 3.13, as the base image has it, and a PostgreSQL to try with."""
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "trixie", folder],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    # The machine's own certificate authorities: there may be a proxy between it and the package index.
    shutil.copyfile("/etc/ssl/certs/ca-certificates.crt", folder / "etc/ssl/certs/ca-certificates.crt")
    shutil.copyfile("/etc/resolv.conf", folder / "etc/resolv.conf")
    # Any account may write in /dev/shm of a container; a chroot has none.
    (folder / "dev/shm").mkdir(exist_ok=True)
    (folder / "dev/shm").chmod(0o1777)


def build_twice(place):
    """Play the build stage two times: the second must make the very same bytes."""
    built = []
    for _ in range(2):
        for part in BUILT:
            shutil.rmtree(place.folder / part, ignore_errors=True)
        place.variables, place.workdir = Place(place.folder).variables, "/"
        place.play("build")
        built.append(place.digests())
    size = sum(path.lstat().st_size for part in BUILT for path in (place.folder / part).rglob("*"))
    differ = sorted(name for name in built[0] | built[1] if built[0].get(name) != built[1].get(name))
    print(f"built twice: {len(built[0])} files, {size / 1e6:.0f} MB, {len(differ)} of them differ: {differ[:10]}")
    assert not differ, "the build is not the same every time"


def try_it(place):
    """Run what compose.yaml runs, as the account of the image."""
    database = "/usr/lib/postgresql/17/bin"
    server = "initdb -D /tmp/pg/data -U second_look -A trust >/dev/null && pg_ctl -D /tmp/pg/data -w -l /tmp/pg/log"
    server += " -o '-k /tmp/pg -h \"\"' start >/dev/null && createdb -h /tmp/pg -U second_look second_look"
    place.run(
        "sh",
        "-c",
        f"rm -rf /tmp/pg /tmp/copies; mkdir /tmp/pg /tmp/copies; PATH={database}:$PATH; {server}",
        LC_ALL="C",
    )
    web = None
    try:
        place.run("sh", "-c", "! touch /srv/second-look/x /opt/venv/x 2>/dev/null")
        place.run("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **SECRETS)
        for command in (
            ["migrate", "--noinput", "-v0"],
            ["make_roles"],
            ["load_first_content"],
            ["load_ruling_reasons"],
        ):
            place.run("python", "manage.py", *command, **SECRETS)
        web = place.run(
            "python", "-m", "gunicorn", "--config", "python:config.serving", "config.wsgi", started=True, **SECRETS
        )
        alive_within_the_start_period(place)
        print("HEALTHCHECK: alive")
        place.run("sh", "-c", BACKUP_AND_DRILL, **SECRETS, PATH=f"{place.variables['PATH']}:{database}")
    finally:
        if web:
            web.terminate()
            web.wait(60)
        place.run("sh", "-c", f"{database}/pg_ctl -D /tmp/pg/data -m fast stop >/dev/null")


def alive_within_the_start_period(place):
    """Ask as Docker asks, every two seconds for a minute. Raises CalledProcessError when that is over."""
    until = time.monotonic() + 60
    while True:
        time.sleep(2)
        try:
            place.run("python", "-I", "deploy/healthcheck.py", **SECRETS)
        except subprocess.CalledProcessError:
            if time.monotonic() > until:
                raise
        else:
            return


BACKUP_AND_DRILL = """
set -e
python manage.py make_backup_key > /tmp/copies/key
export BACKUP_PUBLIC_KEY=$(sed -n 's/^# public key: //p' /tmp/copies/key)
python manage.py backup /tmp/copies
python manage.py restore_drill /tmp/copies/*.age --key /tmp/copies/key
"""


def main():
    """Debian, build twice, product, try."""
    folder = Path(sys.argv[1])
    if not (folder / "etc/debian_version").exists():
        a_debian(folder)
    place = Place(folder)
    build_twice(place)
    # COPY --from: it is where it has to be already.
    place.variables = Place(folder).variables
    place.run("sh", "-c", "! id second-look >/dev/null 2>&1 || userdel second-look")
    place.play("product")
    try_it(place)
    print("Every step that was played went well.")


main()
