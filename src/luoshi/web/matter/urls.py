"""The addresses of an item."""

from django.urls import path

from luoshi.web.matter import scheduling, views

app_name = "matter"
urlpatterns = [
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/moves/<slug:move>/", views.move, name="move"),
    path("<int:pk>/schedule/", scheduling.show, name="schedule"),
    path("<int:pk>/schedule/picture.svg", scheduling.picture, name="schedule_picture"),
    path("<int:pk>/schedule/steps.<slug:kind>", scheduling.export, name="schedule_file"),
    path("<int:pk>/label/", views.label, name="label"),
    path("<int:pk>/comments/", views.comment, name="comment"),
    path("<int:pk>/comments/<int:comment>/back/", views.take_back, name="take_back"),
    path("<int:pk>/files/", views.upload, name="upload"),
    path("<int:pk>/history.<slug:kind>", views.history, name="history"),
    path("files/<int:pk>/", views.download, name="file"),
]
