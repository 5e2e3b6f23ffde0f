"""Production, with the addresses and the template of `bench.bare` beside the product's own."""

from config.settings import *  # noqa: F403, TID251
from config.settings import BASE_DIR, TEMPLATES  # noqa: TID251

ROOT_URLCONF = "bench.bare.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "bare" / "templates")
