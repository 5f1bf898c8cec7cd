from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.chosen import read_chosen
from finder.places_asked import asked_place
from finder.presenters.compare import comparison
from finder.presenters.compare_choice import choice
from finder.views.render import HtmxRequest, render_page
from trials.models import Trial


@require_safe
def compare(request: HtmxRequest) -> HttpResponse:
    near, differences = request.GET.get("near", ""), request.GET.get("show") == "differences"
    chosen = choice(read_chosen(request.GET.getlist("ids")), near)
    context = {"choice": chosen, "differences": differences}
    if not chosen.can_compare:
        return render_page(request, "finder/compare.html", context)
    held = {
        str(trial.nct_id): trial for trial in Trial.objects.visible().with_parts().filter(nct_id__in=chosen.numbers)
    }
    trials = [held[one] for one in chosen.numbers if one in held]
    view = comparison(
        trials, asked_place(near), timezone.localdate(), settings.STALE_AFTER_MONTHS, differences=differences
    )
    return render_page(request, "finder/compare.html", {**context, "compared": view})
