"""What people tell of an initiative, what they allow, and what comes from other municipalities."""

from __future__ import annotations

from samskap.apps.stories.models.experiences import Experience
from samskap.apps.stories.models.stories import Consent, Story, StoryChange

__all__ = ["Consent", "Experience", "Story", "StoryChange"]
