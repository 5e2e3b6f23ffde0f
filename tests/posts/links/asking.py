"""Reading the sample link of a platform, or finding out why not."""

import pytest

from posts.links import recognise
from posts.links.reading import NotReadable, read_link
from tests.posts.links import samples


def link_to(platform):
    return recognise(samples.LINKS[platform])


def read(platform):
    return read_link(link_to(platform))


def refusal(platform):
    with pytest.raises(NotReadable) as caught:
        read(platform)
    return caught.value


def reason(platform):
    return refusal(platform).reason
