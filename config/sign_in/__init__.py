"""Signing in: for people who work here, with a password and a second factor, or with a passkey alone.

The only door to django-allauth, which brings the flows; ours are the addresses, the pages and the rules. Readers have
no accounts. What a session may do, and for how long, is asked by `config.second_factor` of `sessions`.
"""
