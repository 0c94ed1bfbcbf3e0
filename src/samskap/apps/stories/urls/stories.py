"""Addresses of stories."""

from __future__ import annotations

from django.urls import URLPattern, path

from samskap.apps.stories.views import media, moderation, private, stories, telling

__all__ = ["urlpatterns"]

_MINE = "my-story/<str:token>/"
_ONE = "work/stories/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("stories/<int:pk>/", stories.story, name="story"),
    path("stories/<int:pk>/picture", media.picture, name="picture"),
    path("stories/<int:pk>/sound", media.sound, name="sound"),
    path("stories/part/initiative/<int:pk>/", stories.part_of_initiative, name="part_of_initiative"),
    path("stories/part/benefit/<int:pk>/", stories.part_of_benefit, name="part_of_benefit"),
    path("municipalities/<str:number>/stories/", stories.stories, name="stories"),
    path("municipalities/<str:number>/stories.json", stories.stories_json, name="stories_json"),
    path("initiatives/<int:pk>/stories/", stories.initiative_stories, name="initiative_stories"),
    path("initiatives/<int:pk>/tell/", telling.tell, name="tell"),
    path("my-story/guardian/<str:token>/", private.guardian, name="guardian"),
    path("my-story/guardian/<str:token>/withdraw/", private.withdraw_as_guardian, name="withdraw_as_guardian"),
    path(_MINE, private.my_story, name="my_story"),
    path(f"{_MINE}link/", private.private_link, name="private_link"),
    path(f"{_MINE}change/", private.change, name="change"),
    path(f"{_MINE}consents/", private.consent, name="consent"),
    path(f"{_MINE}proposal/", private.proposal, name="proposal"),
    path(f"{_MINE}withdraw/", private.withdraw, name="withdraw"),
    path(f"{_MINE}picture", media.own_picture, name="own_picture"),
    path(f"{_MINE}sound", media.own_sound, name="own_sound"),
    path("work/stories/", moderation.stories_at_work, name="stories_at_work"),
    path("work/stories/new/<int:pk>/", telling.write_for_teller, name="write_for_teller"),
    path(_ONE, moderation.story_at_work, name="story_at_work"),
    path(f"{_ONE}accept/", moderation.accept, name="accept_story"),
    path(f"{_ONE}reject/", moderation.reject, name="reject_story"),
    path(f"{_ONE}propose/", moderation.propose, name="propose_change"),
    path(f"{_ONE}guardian/", moderation.guardian_on_paper, name="guardian_on_paper"),
    path(f"{_ONE}link/", moderation.new_link, name="new_link"),
    path(f"{_ONE}withdraw/", moderation.withdraw_at_work, name="withdraw_at_work"),
    path(f"{_ONE}picture", media.picture_at_work, name="picture_at_work"),
    path(f"{_ONE}sound", media.sound_at_work, name="sound_at_work"),
]
