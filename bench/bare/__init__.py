"""Three views that do as little as such a view can, beside the product's, to measure the product's against.

The same settings and the same middleware: what the product's own pages cost more is theirs.
"""
