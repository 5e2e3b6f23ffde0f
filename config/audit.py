"""Ask what is known about the locked packages: `python -m config.audit PIP_AUDIT FILE…` (`make audit`).

pip-audit ends alike when a package has a hole and when nobody could be asked. Here these are two things: a hole fails,
and a database out of reach is said loudly, because silence would look like "nothing is known".
"""

import json
import subprocess
import sys


def audited(program, file):
    """What pip-audit says about one lock file: ([(package, version, ids)], "") or (None, why nobody could be asked)."""
    command = [program, "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    # Our own Makefile names the program and the files.
    done = subprocess.run([*command, "--requirement", file], capture_output=True, text=True, check=False)  # nosec B603
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None, (done.stderr.strip().splitlines() or ["It said nothing."])[-1][:300]
    found = [(one["name"], one.get("version"), one.get("vulns")) for one in packages]
    return [(name, version, [hole["id"] for hole in holes]) for name, version, holes in found if holes], ""


def main(program, *files):
    """Print what is known about each file. Returns 1 when there is a hole, else 0."""
    has_hole = False
    for file in files:
        holes, why_not = audited(program, file)
        if holes is None:
            print(f"##  NOT CHECKED: {file}. Nobody could be asked about known holes.\n##  {why_not}")
            continue
        has_hole = has_hole or bool(holes)
        print(f"{file}: {'nothing is known' if not holes else ''}")
        for name, version, ids in holes:
            print(f"    {name} {version}: {', '.join(ids)}")
    return int(has_hole)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
