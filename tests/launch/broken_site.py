"""The site with two views that fail: one with words of the visitor in the error, one in the database."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from finder.wsgi import application as application

from finder.views import about, learn  # isort: skip  only now there are apps


def fail(request: HttpRequest, *_: object) -> HttpResponse:
    raise RuntimeError(f"cannot work with {request.GET['q']} from {request.headers['User-Agent']}")


def fail_in_sql(request: HttpRequest, *_: object) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM nothing_here WHERE word = %s", [request.GET["q"]])
    raise AssertionError


about.render_page = fail
learn.render_page = fail_in_sql
