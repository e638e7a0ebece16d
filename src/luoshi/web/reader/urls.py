"""The addresses of the reader."""

from django.urls import path

from luoshi.web.reader import correcting, uploading, views

app_name = "reader"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", uploading.upload, name="upload"),
    path("new/<slug:key>/", uploading.preview, name="preview"),
    path("new/<slug:key>/again/", uploading.again, name="again"),
    path("new/<slug:key>/accept/", uploading.accept, name="accept"),
    path("new/<slug:key>/forget/", uploading.forget, name="forget"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/items.<slug:kind>", views.items, name="items"),
    path("<int:pk>/coverage.<slug:kind>", views.coverage, name="coverage"),
    path("<int:pk>/items/<slug:name>/", correcting.item, name="item"),
    path("<int:pk>/figures/<slug:name>/", correcting.figure, name="figure"),
    path("<int:pk>/add/", correcting.add, name="add"),
    path("<int:pk>/units/", correcting.units, name="units"),
    path("<int:pk>/corrections/", correcting.corrections, name="corrections"),
    path("<int:pk>/corrections/<int:nth>/undo/", correcting.undo, name="undo"),
]
