"""Addresses of conversations: the pages of participants, and of those who run them."""

from __future__ import annotations

from django.urls import path

from samskap.apps.statements.views import groups, mine, moderation, seeds, voting, windows, work, writing

app_name = "statements"

urlpatterns = [
    path("conversations/<int:pk>/", voting.conversation, name="conversation"),
    path("conversations/<int:pk>/batch.json", voting.batch, name="batch"),
    path("conversations/<int:pk>/enter/", voting.enter, name="enter"),
    path("conversations/<int:pk>/vote/", voting.vote, name="vote"),
    path("conversations/<int:pk>/undo/", voting.undo, name="undo"),
    path("conversations/<int:pk>/skip/", voting.skip, name="skip"),
    path("conversations/<int:pk>/sector/", voting.sector, name="sector"),
    path("conversations/<int:pk>/statements/new/", writing.new_statement, name="new_statement"),
    path("conversations/<int:pk>/statements/<int:statement_pk>/change/", writing.change_statement,
         name="change_statement"),
    path("conversations/<int:pk>/mine/", mine.mine, name="mine"),
    path("conversations/<int:pk>/mine/withdraw/", mine.withdraw, name="withdraw"),
    path("conversations/<int:pk>/withdrawn/", mine.withdrawn, name="withdrawn"),
    path("work/processes/<int:process_pk>/conversations/new/", work.new_conversation, name="new_conversation"),
    path("work/conversations/<int:pk>/", work.overview, name="overview"),
    path("work/conversations/<int:pk>/texts/", work.texts, name="texts"),
    path("work/conversations/<int:pk>/settings/", work.settings, name="settings"),
    path("work/conversations/<int:pk>/statements/", seeds.statements, name="statements"),
    path("work/conversations/<int:pk>/statements/<int:statement_pk>/", seeds.statement, name="statement"),
    path("work/conversations/<int:pk>/seeds/", seeds.add, name="seeds"),
    path("work/conversations/<int:pk>/moderation/", moderation.queue, name="moderation"),
    path("work/conversations/<int:pk>/moderation/accept/", moderation.accept_many, name="accept_many"),
    path("work/conversations/<int:pk>/statements/<int:statement_pk>/accept/", moderation.accept, name="accept"),
    path("work/conversations/<int:pk>/statements/<int:statement_pk>/reject/", moderation.reject, name="reject"),
    path("work/conversations/<int:pk>/statements/<int:statement_pk>/merge/", moderation.merge, name="merge"),
    path("work/conversations/<int:pk>/groups/", groups.groups, name="groups"),
    path("work/conversations/<int:pk>/groups/<int:round>/<str:key>/", groups.group, name="group"),
    path("work/conversations/<int:pk>/groups/<int:round>/<str:key>/<str:order>/", groups.give_order,
         name="order_group"),
    path("work/conversations/<int:pk>/windows/", windows.windows, name="windows"),
    path("work/conversations/<int:pk>/windows/new/", windows.new_window, name="new_window"),
    path("work/conversations/<int:pk>/windows/attach/", windows.attach, name="attach"),
    path("work/conversations/<int:pk>/windows/<int:activity_pk>/", windows.change_window, name="change_window"),
    path("work/conversations/<int:pk>/windows/<int:activity_pk>/<str:order>/", windows.give_order, name="give_order"),
]  # fmt: skip
