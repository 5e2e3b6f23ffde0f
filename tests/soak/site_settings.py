"""Production, with the addresses of `site_urls` beside the product's own."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.soak.site_urls"
