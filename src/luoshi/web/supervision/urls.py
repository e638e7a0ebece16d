"""The addresses of supervision."""

from django.urls import path

from luoshi.web.supervision import fielding, inspecting, making, papering, sampling, views

app_name = "supervision"
urlpatterns = [
    path("", views.index, name="index"),
    path("queues/<slug:queue>/", views.queue, name="queue"),
    path("queues/<slug:queue>/together/", views.together, name="together"),
    path("queues/<slug:queue>/export.<slug:kind>", views.export, name="export"),
    path("slips/", views.slips, name="slips"),
    path("slips/export.<slug:kind>", views.slips_export, name="slips_export"),
    path("today/", fielding.index, name="field"),
    path("inspections/", inspecting.index, name="inspections"),
    path("inspections/accept/", inspecting.accept, name="accept"),
    path("inspections/<int:pk>/", inspecting.show, name="visit"),
    path("inspections/<int:pk>/steps/<slug:step>/", inspecting.step, name="visit_step"),
    path("inspections/<int:pk>/findings/", inspecting.add, name="find"),
    path("inspections/export.<slug:kind>", inspecting.export, name="inspections_export"),
    path("findings/", inspecting.findings, name="findings"),
    path("findings/export.<slug:kind>", inspecting.findings_export, name="findings_export"),
    path("findings/<int:pk>/steps/<slug:step>/", inspecting.finding_step, name="finding_step"),
    path("lookback/", sampling.index, name="lookback"),
    path("lookback/start/", sampling.start, name="lookback_start"),
    path("lookback/export.<slug:kind>", sampling.export, name="lookback_export"),
    path("made/", making.index, name="made"),
    path("made/ask/", making.ask, name="made_ask"),
    path("made/<slug:key>.zip", making.fetch, name="made_file"),
    path("papers/", papering.index, name="papers"),
    path("papers/<slug:kind>/", papering.paper, name="paper"),
    path("notice/", papering.notice, name="notice"),
    path("notice/export.<slug:kind>", papering.notice_export, name="notice_export"),
]
