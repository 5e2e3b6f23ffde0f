"""Production, with the addresses and the template of `bench.bare` beside the product's own."""

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.bare.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "bare" / "templates")
