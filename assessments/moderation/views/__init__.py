"""The pages of the moderation room: for readers (`flags`, `appeals`, `votes`) and for moderators (the rest)."""
