"""Conversations: statements that people answer with agree, disagree or pass, and the map of their opinions."""
