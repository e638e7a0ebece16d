"""The addresses of checking."""

from django.urls import path

from luoshi.web.checking import views

app_name = "checking"
urlpatterns = [
    path("", views.index, name="index"),
    path("findings.<slug:kind>", views.export, name="export"),
]
