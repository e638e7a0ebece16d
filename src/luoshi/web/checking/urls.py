"""The addresses of checking. A draft is there for whoever brought it and for nobody else."""

from django.urls import path

from luoshi.web.checking import choosing, views

app_name = "checking"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/", views.show, name="show"),
    path("<slug:key>/progress/", views.progress, name="progress"),
    path("<slug:key>/new/", views.bring, name="bring"),
    path("<slug:key>/again/", views.again, name="again"),
    path("<slug:key>/forget/", views.forget, name="forget"),
    path("<slug:key>/choose/", choosing.choose, name="choose"),
    path("<slug:key>/pass/", choosing.let_pass, name="pass"),
    path("<slug:key>/pass/<slug:mark>/undo/", choosing.undo, name="undo"),
    path("<slug:key>/findings.<slug:kind>", views.export, name="export"),
]
