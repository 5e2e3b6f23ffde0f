"""How much is measured. Plain values only."""

from dataclasses import dataclass

OWN = 0  # stands for the content's own patterns, as many as there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run of the bench."""

    lengths: tuple[int, ...] = (50, 280, 2_200, 10_000)
    posts_of: tuple[int, ...] = (120, 60, 12, 4)  # posts of each of those lengths
    counts: tuple[int, ...] = (300, 3_000, 9_000, OWN)  # patterns
    rounds: int = 11
    compile_rounds: int = 3
    hostile_lengths: tuple[int, ...] = (2_500, 5_000, 10_000, 20_000)
    hostile_rounds: int = 4
    hostile_patterns: int = 1_000
    hostile_pattern_rounds: int = 2
    peer_counts: tuple[int, ...] = (300, 3_000)
    peer_posts: int = 10
    peer_rounds: int = 4
    longest_alternation: int = 1_000_000  # characters of one expression; a longer one is skipped
    memory_posts: int = 300
    preview_posts: int = 2_000  # stored posts; 0: no preview, which needs a database
    page_rounds: int = 5  # 0: no pages, which need a database too
    page_requests: int = 48  # of each kind in each round; about 2,000 in all
    page_requests_in_process: int = 30
    page_rows: tuple[int, ...] = (100, 10_000, 1_000_000)
    cold_starts: int = 3
    bulk_posts: int = 10_000  # 0: no bulk
    bulk_rounds: int = 3
    bulk_whole_posts: int = 100_000  # for whole commands, one machine and Dask


FULL = Settings()
# Small enough for a test: every row, hardly any time.
TINY = Settings(
    lengths=(50, 280),
    posts_of=(3, 2),
    counts=(30, 60),
    rounds=2,
    compile_rounds=1,
    hostile_lengths=(100, 200, 400, 800),
    hostile_rounds=1,
    hostile_patterns=20,
    hostile_pattern_rounds=1,
    peer_counts=(30,),
    peer_posts=2,
    peer_rounds=1,
    memory_posts=3,
    preview_posts=0,
    page_rounds=0,
    bulk_posts=0,
)
STANDARD_LENGTH = 280  # a post on X; what the growth with the number of patterns is measured at
