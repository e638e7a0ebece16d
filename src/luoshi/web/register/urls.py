"""The addresses of the register."""

from django.urls import path

from luoshi.web.register import bulk, copies, keeping, taking, views

app_name = "register"
urlpatterns = [
    path("", views.index, name="index"),
    path("items.<slug:kind>", views.export, name="export"),
    path("working.<slug:kind>", copies.working_file, name="working"),
    path("together/", bulk.together, name="together"),
    path("back/", taking.back, name="back"),
    path("back/<slug:key>/", taking.returned, name="returned"),
    path("back/<slug:key>/again/", taking.again, name="back_again"),
    path("back/<slug:key>/apply/", taking.apply, name="back_apply"),
    path("back/<slug:key>/forget/", taking.forget, name="back_forget"),
    path("views/", keeping.save, name="save_view"),
    path("views/<int:pk>/", keeping.change, name="change_view"),
    path("views/<int:pk>/forget/", keeping.forget, name="forget_view"),
]
