"""The addresses of administration, and of what everybody sets for themselves."""

from django.urls import path

from luoshi.web.administration import auditing, backups, calendars, doctor, failed, own, people, profiles, views

app_name = "administration"
urlpatterns = [
    path("", views.index, name="index"),
    path("people/", people.index, name="people"),
    path("people/new/", people.add, name="add_person"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:pk>/password/", people.password, name="password"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("people/<int:pk>/roles/", people.give, name="give"),
    path("people/<int:pk>/roles/<int:grant>/take/", people.take, name="take"),
    path("tokens/", people.tokens, name="tokens"),
    path("tokens/<int:token>/revoke/", people.revoke_any, name="revoke_any"),
    path("record/", auditing.search, name="record"),
    path("record/verify/", auditing.verify, name="verify"),
    path("calendar/", calendars.index, name="calendar"),
    path("calendar/day/", calendars.day, name="calendar_day"),
    path("calendar/bring/", calendars.bring, name="bring_calendar"),
    path("profiles/", profiles.index, name="profiles"),
    path("profiles/choose/", profiles.choose, name="choose_profile"),
    path("backups/", backups.index, name="backups"),
    path("backups/new/", backups.make, name="back_up"),
    path("backups/<str:name>/verify/", backups.verify, name="verify_backup"),
    path("backups/<str:name>/file/", backups.fetch, name="fetch_backup"),
    path("failed/", failed.index, name="failed"),
    path("failed/settle/", failed.settle, name="settle_failed"),
    path("doctor/", doctor.index, name="doctor"),
    path("mine/notices/", own.notices, name="notices"),
    path("mine/notices/<int:address>/try/", own.trial, name="trial"),
    path("mine/notices/<int:address>/remove/", own.remove_address, name="remove_address"),
    path("mine/tokens/", own.tokens, name="my_tokens"),
    path("mine/tokens/<int:token>/revoke/", own.revoke_own, name="revoke_own"),
]
