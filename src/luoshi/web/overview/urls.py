"""The addresses of the overview."""

from django.urls import path

from luoshi.web.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.index, name="index"),
    path("asked/", views.asks, name="asked"),
    path("asked.<slug:kind>", views.asks_file, name="asked_file"),
    path("league/", views.rank, name="league"),
    path("<slug:by>.<slug:kind>", views.table, name="table"),
]
