"""The addresses of the register."""

from django.urls import path

from luoshi.web.register import bulk, keeping, views

app_name = "register"
urlpatterns = [
    path("", views.index, name="index"),
    path("items.<slug:kind>", views.export, name="export"),
    path("together/", bulk.together, name="together"),
    path("views/", keeping.save, name="save_view"),
    path("views/<int:pk>/forget/", keeping.forget, name="forget_view"),
]
