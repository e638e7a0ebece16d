"""The addresses of the indicators."""

from django.urls import path

from luoshi.web.indicators import importing, views

app_name = "indicators"
urlpatterns = [
    path("", views.index, name="index"),
    path("list.<slug:kind>", views.listed, name="listed"),
    path("<int:pk>/import/", importing.bring, name="bring"),
    path("<int:pk>/table.<slug:kind>", views.table, name="table"),
    path("<int:pk>/<slug:target>/", views.show, name="show"),
    path("<int:pk>/<slug:target>/reading/", views.enter, name="enter"),
    path("<int:pk>/<slug:target>/path/", views.path, name="path"),
    path("<int:pk>/<slug:target>/light/", views.light, name="light"),
    path("<int:pk>/<slug:target>/label/", views.label, name="label"),
    path("<int:pk>/<slug:target>/readings.<slug:kind>", views.readings, name="readings"),
]
