"""Ask what is known about the locked packages: `python -m config.audit PIP_AUDIT FILE…` (`make audit`).

pip-audit says "no known vulnerabilities" also of packages that its database could not be asked about, and ends alike
when there is a hole and when there was no answer. Here these are three things: a hole fails, what was not asked about
is said loudly, and only what was asked about and is clean is called clean.
"""

import json
import subprocess
import sys


def audited(program, file):
    """What pip-audit says about one lock file: (["package version: holes"], how many were asked about, why not all)."""
    command = [program, "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([*command, "--requirement", file], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], 0, (done.stderr.strip().splitlines() or ["It said nothing."])[-1][:300]
    asked = [one for one in packages if "vulns" in one]
    reasons = [one.get("skip_reason", "") for one in packages if "vulns" not in one]
    why_not = f"{len(reasons)} of {len(packages)} packages. {reasons[0]}" if reasons else ""
    holes = [one for one in asked if one["vulns"]]
    said = [f"{one['name']} {one['version']}: {', '.join(hole['id'] for hole in one['vulns'])}" for one in holes]
    return said, len(asked), why_not


def main(program, *files):
    """Print what is known about each file. Returns 1 when there is a hole, else 0."""
    has_hole = False
    for file in files:
        holes, asked, why_not = audited(program, file)
        has_hole = has_hole or bool(holes)
        print(f"{file}: {asked} packages asked about, {len(holes)} with a known hole")
        for hole in holes:
            print(f"    {hole}")
        if why_not:
            print(f"##  NOT CHECKED in {file}: {why_not}")
    return int(has_hole)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
