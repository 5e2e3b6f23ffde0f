"""The pages of the moderation room: for readers (`flags`) and for moderators (the rest)."""
