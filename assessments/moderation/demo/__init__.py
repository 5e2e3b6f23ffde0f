"""A lively installation to try things on: made-up posts, and what readers and moderators did with them.

`words.py` holds the sentences, `posts.py` makes posts of them, `making.py` lets people act and takes it all away again.
Everything is done by the actions of the product. `manage.py make_demo_data` is the way in.
"""
