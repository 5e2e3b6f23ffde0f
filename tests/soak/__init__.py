"""Load and faults, on real processes: `python -m tests.soak NAME`, one command for each promise (docs/soak.md)."""
