"""The addresses of what is public."""

from django.urls import path

from luoshi.web.published import views

app_name = "published"
urlpatterns = [
    path("<int:pk>/", views.file, name="folder"),
    path("<int:pk>/<path:name>", views.file, name="file"),
]
