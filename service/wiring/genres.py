"""Genres of one's own, learned where the settings name a folder of them."""

from __future__ import annotations

from service.settings import Settings


def learn_genres(settings: Settings) -> None:
    """Makes the genres in the folder of `settings` known to this process. Raises GenrePlanUnusable."""
    if settings.genres_folder is not None:
        from prompts.load import add_genres

        add_genres(settings.genres_folder)
