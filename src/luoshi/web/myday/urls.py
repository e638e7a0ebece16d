"""The addresses of a person's day."""

from django.urls import path

from luoshi.web.myday import views

app_name = "myday"
urlpatterns = [
    path("", views.index, name="index"),
    path("agenda.<slug:kind>", views.export, name="export"),
]
