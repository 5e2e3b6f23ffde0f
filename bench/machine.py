"""What the bench ran on, in general terms: no names, no addresses, no paths."""

import os
import platform
import sys
from pathlib import Path


def describe() -> str:
    """One sentence about processor, cores and Python."""
    return f"{_processor()}, {os.cpu_count()} cores, {sys.implementation.name} {platform.python_version()}"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine() or "unknown processor"
