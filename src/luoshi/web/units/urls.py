"""The addresses of units."""

from django.urls import path

from luoshi.web.units import views

app_name = "units"
urlpatterns = [
    path("", views.index, name="index"),
    path("units.<slug:kind>", views.index_file, name="index_file"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/items.<slug:kind>", views.items_file, name="items_file"),
    path("<int:pk>/lights.<slug:kind>", views.lights_file, name="lights_file"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/posts/<int:post>/", views.pass_on, name="hand_over"),
]
