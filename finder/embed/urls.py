"""The pages in a partner's frame: those of the site under the names that they have there, and the frame's own.

Every language stands in the address, English too: without one it leads to where the clinic begins.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from finder.embed import views
from finder.feeds import urls as feeds
from finder.urls import PAGES
from finder.urls import handler400 as handler400
from finder.urls import handler403 as handler403
from finder.urls import handler404 as handler404
from finder.urls import handler500 as handler500

# A frame shows no feeds: who follows the address of one is led to the site itself.
_FEEDS = [path(str(one.pattern), views.outside, name=one.name or "") for one in feeds.OF_LISTS]

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("logo.png", views.logo, name="embed_logo"),
    path("style.css", views.style, name="embed_style"),
    path("why/", views.why, name="embed_why"),
    # The first of two with one name answers: the frame begins where the clinic wants it to.
    *i18n_patterns(
        path("", views.start, name="home"),
        path("booklet/", views.booklet, name="booklet"),
        *_FEEDS,
        *PAGES,
    ),
]
