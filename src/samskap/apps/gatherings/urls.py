"""Addresses of gatherings: for those who come, for the hall, and for those who run them."""

from __future__ import annotations

from django.urls import path

from samskap.apps.gatherings import live
from samskap.apps.gatherings.views import desk, door, hall, hosting, invitations, phone, planning

app_name = "gatherings"

_DOOR = [
    path("join/", door.find_gathering, name="find_gathering"),
    path("g/<str:code>/", phone.gathering, name="gathering"),
    path("g/<str:code>/join/", phone.join_gathering, name="join_gathering"),
    path("g/<str:code>/programme/", door.programme, name="programme"),
    path("g/<str:code>/calendar.ics", door.calendar, name="calendar"),
    path("g/<str:code>/qr.svg", door.qr, name="qr"),
    path("g/<str:code>/ticket/", phone.ticket, name="ticket"),
    path("g/<str:code>/ticket/<str:signed>/", phone.take_over_ticket, name="take_over_ticket"),
    path("g/<str:code>/sign-up/", door.sign_up, name="sign_up"),
    path("g/<str:code>/sign-up/received/", door.sign_up_received, name="sign_up_received"),
    path("g/<str:code>/sign-up/<str:token>/", door.registration, name="registration"),
    path("g/<str:code>/sign-up/<str:token>/cancel/", door.cancel_sign_up, name="cancel_sign_up"),
    path("g/<str:code>/invitation/<str:token>/", door.invitation, name="invitation"),
]

_HALL = [
    path("g/<str:code>/hall/", hall.hall, name="hall"),
    path("g/<str:code>/hall/now/", hall.hall_now, name="hall_now"),
    path("live/<str:code>", live.live_state, name="live"),
    path("live/<str:code>/<str:language>", live.live_state, name="live_now"),
]

_WORK = [
    path("work/gatherings/new/<int:process_pk>/", planning.new_gathering, name="new_gathering"),
    path("work/gatherings/<int:pk>/", planning.plan, name="plan"),
    path("work/gatherings/<int:pk>/edit/", planning.edit_gathering, name="edit_gathering"),
    path("work/gatherings/<int:pk>/questions/", planning.edit_questions, name="edit_questions"),
    path("work/gatherings/<int:pk>/slots/new/", planning.new_slot, name="new_slot"),
    path("work/gatherings/<int:pk>/slots/<int:slot_pk>/", planning.edit_slot, name="edit_slot"),
    path("work/gatherings/<int:pk>/slots/<int:slot_pk>/delete/", planning.delete_slot, name="delete_slot"),
    path("work/gatherings/<int:pk>/invitations/", invitations.invite, name="invite"),
    path("work/gatherings/<int:pk>/invitations/print/", invitations.printed, name="printed_invitations"),
    path("work/gatherings/<int:pk>/desk/", desk.desk, name="desk"),
    path("work/gatherings/<int:pk>/desk/come/", desk.mark_come, name="mark_come"),
    path("work/gatherings/<int:pk>/desk/form/", desk.give_out_form, name="give_out_form"),
    path("work/gatherings/<int:pk>/desk/cancel/", desk.cancel, name="cancel_registration"),
    path("work/gatherings/<int:pk>/desk/<int:number>/", desk.paper_form, name="paper_form"),
]

_HOST = [
    path("work/gatherings/<int:pk>/host/", hosting.host, name="host"),
    path("work/gatherings/<int:pk>/host/open/", hosting.open_gathering, name="open_gathering"),
    path("work/gatherings/<int:pk>/host/end/", hosting.end_gathering, name="end_gathering"),
    path("work/gatherings/<int:pk>/host/reset/", hosting.reset_gathering, name="reset_gathering"),
    path("work/gatherings/<int:pk>/host/slot/", hosting.go_to_slot, name="go_to_slot"),
    path("work/gatherings/<int:pk>/host/conversation/open/", hosting.open_conversation, name="open_conversation"),
    path("work/gatherings/<int:pk>/host/conversation/close/", hosting.close_conversation, name="close_conversation"),
    path("work/gatherings/<int:pk>/host/results/show/", hosting.show_results, name="show_results"),
    path("work/gatherings/<int:pk>/host/results/hide/", hosting.hide_results, name="hide_results"),
    path("work/gatherings/<int:pk>/host/hall/", hosting.set_hall_view, name="set_hall_view"),
    path("work/gatherings/<int:pk>/host/notice/", hosting.send_notice, name="send_notice"),
]

urlpatterns = [*_DOOR, *_HALL, *_WORK, *_HOST]
