from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from finder.desk.factor_page import second_factor
from finder.embed.preview import preview, preview_contrast, preview_style
from finder.embed.script import embed_script
from finder.feeds import urls as feeds
from finder.views.about import about
from finder.views.accessibility import accessibility
from finder.views.alerts import alert, alerts
from finder.views.changes import changes
from finder.views.check import check
from finder.views.compare import compare
from finder.views.condition import condition
from finder.views.conditions import conditions
from finder.views.handout import handout
from finder.views.healthz import healthz
from finder.views.home import home
from finder.views.learn import learn
from finder.views.message import message, message_status
from finder.views.privacy import privacy
from finder.views.robots import robots
from finder.views.saved import saved
from finder.views.saved_open import saved_open
from finder.views.security_txt import security_txt
from finder.views.sitemap import sitemap
from finder.views.studies import studies
from finder.views.studies_map import studies_map
from finder.views.study import study
from finder.views.study_dates import study_dates
from finder.views.suggest import suggest, suggest_places
from finder.views.words import words

# The pages for people, which also stand in the frames of clinics (finder.embed.urls).
PAGES = [
    path("", home, name="home"),
    path("studies/", studies, name="studies"),
    path("studies/map/", studies_map, name="studies_map"),
    path("suggest/", suggest, name="suggest"),
    path("suggest/places/", suggest_places, name="suggest_places"),
    path("studies/<slug:nct_id>/", study, name="study"),
    path("studies/<slug:nct_id>/handout/", handout, name="handout"),
    path("studies/<slug:nct_id>/changes/", changes, name="changes"),
    path("studies/<slug:nct_id>/dates.ics", study_dates, name="study_dates_ics"),
    path("studies/<slug:nct_id>/message/", message, name="message"),
    path("message/<str:token>/", message_status, name="message_status"),
    path("alerts/", alerts, name="alerts"),
    path("alerts/<str:token>/", alert, name="alert"),
    path("check/", check, name="check"),
    path("compare/", compare, name="compare"),
    path("conditions/", conditions, name="conditions"),
    path("conditions/<slug:slug>/", condition, name="condition"),
    path("saved/", saved, name="saved"),
    path("saved/open/", saved_open, name="saved_open"),
    path("learn/", learn, name="learn"),
    path("learn/words/", words, name="words"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("admin/partner-preview/", preview, name="partner_preview"),
    path("admin/partner-preview/style.css", preview_style, name="partner_preview_style"),
    path("admin/partner-preview/contrast/", preview_contrast, name="partner_preview_contrast"),
    path("admin/second-factor/", admin.site.admin_view(second_factor), name="second_factor"),
    path("admin/", admin.site.urls),
    path("embed.js", embed_script, name="embed_script"),
    *feeds.IN_ENGLISH,
    *i18n_patterns(
        *feeds.IN_EVERY_LANGUAGE,
        *PAGES,
        *feeds.LAST,
        prefix_default_language=False,
    ),
]

handler400 = "finder.views.errors.bad_request"
handler403 = "finder.views.errors.permission_denied"
handler404 = "finder.views.errors.page_not_found"
handler500 = "finder.views.errors.server_error"
