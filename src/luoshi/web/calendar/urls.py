"""The addresses of the calendar."""

from django.urls import path

from luoshi.web.calendar import charting, views

app_name = "calendar"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.<slug:kind>", views.export, name="export"),
    path("subscription/", views.subscription, name="subscription"),
    path("calendar.ics", views.one_file, name="one_file"),
    path("feed/<str:token>.ics", views.feed, name="feed"),
    path("chart/", charting.index, name="chart"),
    path("chart/picture.svg", charting.picture, name="picture"),
    path("chart/export.<slug:kind>", charting.export, name="chart_export"),
]
