"""The addresses of promise and outcome. A place is named by the number of any of its reports."""

from django.urls import path

from luoshi.web.comparing import deciding, versions, views

app_name = "comparing"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.ledger, name="ledger"),
    path("<int:pk>/compare/", views.compare, name="compare"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/ledger.<slug:kind>", views.export, name="export"),
    path("<int:pk>/promises/<slug:name>/", deciding.show, name="promise"),
    path("<int:pk>/promises/<slug:name>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/promises/<slug:name>/undo/", deciding.undo, name="undo"),
    path("<int:pk>/versions/", versions.show, name="versions"),
    path("<int:pk>/versions.<slug:kind>", versions.export, name="versions-export"),
]
