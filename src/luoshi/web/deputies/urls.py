"""The addresses of the deputies' pages."""

from django.urls import path

from luoshi.web.deputies import views

app_name = "deputies"
urlpatterns = [
    path("", views.index, name="index"),
    path("ballots/new/", views.draft, name="draft"),
    path("ballots/<int:pk>/", views.show, name="ballot"),
    path("ballots/<int:pk>/code.svg", views.code, name="code"),
    path("ballots/<int:pk>/vote/", views.vote, name="vote"),
    path("ballots/<int:pk>/advance/", views.advance, name="advance"),
    path("ballots/<int:pk>/paper/", views.paper, name="paper"),
    path("ballots/<int:pk>/result.<slug:kind>", views.result, name="result"),
    path("packets/<int:pk>.<slug:kind>", views.packet, name="packet"),
]
