"""The addresses for machines: those whose answers hold sentences of ours stand in every language."""

from django.urls import path

from finder.feeds import views

# Before the pages of the same beginning: "feed" and "csv" are no ids of studies.
OF_LISTS = [
    path("studies/feed/", views.studies_feed, name="studies_feed"),
    path("studies/csv/", views.studies_csv, name="studies_csv"),
    path("studies/<slug:nct_id>/feed/", views.study_feed, name="study_feed"),
    path("conditions/<slug:slug>/feed/", views.condition_feed, name="condition_feed"),
]
IN_EVERY_LANGUAGE = [
    *OF_LISTS,
    path("api/", views.guide, name="api"),
    path("api/v1/studies/", views.studies, name="api_studies"),
    path("api/v1/studies/<slug:nct_id>/", views.study, name="api_study"),
]
IN_ENGLISH = [
    path("api/v1/openapi.json", views.openapi, name="api_openapi"),
    path("api/v1/studies/<slug:nct_id>/fhir/", views.study_fhir, name="api_study_fhir"),
]
LAST = [path("api/v1/<path:rest>/", views.nothing)]
