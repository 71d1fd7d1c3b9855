"""Scores of other people's packages, where a user has installed them: never installed by default, never a gate."""
