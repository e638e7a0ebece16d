"""The addresses of publishing."""

from django.urls import path

from luoshi.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.index, name="index"),
    path("office/", views.office, name="office"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/list.<slug:kind>", views.listed, name="listed"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/unpublish/", views.unpublish, name="unpublish"),
    path("<int:pk>/label/", views.label, name="label"),
]
