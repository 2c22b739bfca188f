"""Where things stand, and that names find: views in rooms, queries beside their readers, one class a name."""

import re

import grimp

from schemas.rollups import CASE_ROLLUPS, LOOKUP_ROLLUPS
from streams.queries import QUERIES
from tests.test_repository import ROOT, imports, python_files

# Shared modules that know one view, each with why no loop does it.
KNOW_A_VIEW = {
    "dashboards/readers/interpretations.py": "what the other readings of the score's rules would change",
    "infra/cli/forecast.py": "the verb of the forecast itself",
}


# The topics are a family of views, declared in one list; a second loop stands beside that over the views.
KNOW_THE_TOPICS = {
    *(f"dashboards/{name}.py" for name in ("pages", "api/app", "screens/registry", "screens/nav", "screens/catalogue")),
    "dashboards/directives/gathering.py",
    "infra/cli/reference.py",
}
# The frame into which the others are hung: its live screens and its pages.
KNOW_THE_CASES = {"dashboards/pages.py", "dashboards/screens/registry.py"}
KNOW_A_FAMILY = {"topics": KNOW_THE_TOPICS, "cases": KNOW_THE_CASES}


def test_a_view_is_known_to_its_own_folder_and_the_list_alone() -> None:
    views = {path.parent.name for path in ROOT.glob("dashboards/views/*/__init__.py")}
    graph = grimp.build_graph("dashboards", "infra", "streams", cache_dir=None)
    wrong = set()
    for view in views:
        room = f"dashboards.views.{view}"
        for module in (room, *graph.find_descendants(room)):
            for importer in graph.find_modules_that_directly_import(module):
                where = importer.replace(".", "/") + ".py"
                within = importer == room or importer.startswith(f"{room}.")
                if within or importer == "dashboards.views" or where in KNOW_A_VIEW:
                    continue
                if where not in KNOW_A_FAMILY.get(view, ()):
                    wrong.add(f"{importer} imports {module}")
    assert len(views) >= 7
    assert wrong == set()


def test_every_query_of_the_stream_stands_in_the_folder_of_its_book_and_is_named_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in ROOT.glob("streams/**/*.py"))
    written = {rollup.name for rollup in (*CASE_ROLLUPS, *LOOKUP_ROLLUPS)}
    named = re.sub(r"\{rollup\.name\}|\{grain\}", "ROLLUP", code)
    lost = [
        name
        for path in ROOT.glob("streams/sql/**/*.sql")
        if f'"{(name := str(path.relative_to(ROOT / "streams/sql").with_suffix("")))}"' not in code
        and not any(f'"{name.removesuffix(one)}ROLLUP"' in named for one in written if name.endswith(one))
        and f'"{name.rpartition("_of_")[0]}_of_{{' not in code
    ]
    assert [path.name for path in ROOT.glob("streams/sql/*.sql")] == []
    assert lost == []


def test_every_query_of_the_stream_that_is_named_is_there() -> None:
    absent = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in python_files()
        if "streams.queries" in imports(path)
        for name in re.findall(r'\bQUERIES\["([^"{]+)"\]', path.read_text(encoding="utf-8"))
        if name not in QUERIES
    ]

    assert absent == []


# Names that published documents carry (JSON Schemas of events, the data API's document), and the views' fixed one.
SAID_TWICE = {"Answer", "Event", "Group", "Handover", "Health", "Indicator", "Pages", "Voiding"}


def test_a_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for path in python_files():
        if path.relative_to(ROOT).parts[0] in ("schemas", "streams", "dashboards", "infra"):
            for name in re.findall(r"^class ([A-Za-z]\w*)", path.read_text("utf-8"), re.MULTILINE):
                places.setdefault(name, []).append(str(path.relative_to(ROOT)))
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in SAID_TWICE} == {}
    assert set(twice) == SAID_TWICE, "one is no longer said twice"


def test_a_word_of_an_address_is_said_once() -> None:
    slugs = {
        found[1]: path.parent.name
        for path in ROOT.glob("dashboards/views/*/__init__.py")
        if (found := re.search(r'^SLUG = "([^"]+)"', path.read_text("utf-8"), re.MULTILINE))
    }
    again = [
        f"{path.relative_to(ROOT)}: {slug}"
        for path in ROOT.glob("dashboards/**/*.py")
        for slug, view in slugs.items()
        if re.search(rf"[\"/]{re.escape(slug)}[\"/?]", path.read_text("utf-8").replace(f'SLUG = "{slug}"', ""))
        and path != ROOT / "dashboards/glossary.py"  # whose groups have words of their own
    ]
    assert len(slugs) >= 5
    assert again == []


def test_every_place_that_the_page_for_developers_names_exists() -> None:
    told = (ROOT / "docs/developing.md").read_text("utf-8").partition("## Where is")[2]
    lost = []
    for cell in re.findall(r"^\| .*? \| (.*) \|$", told, re.MULTILINE):
        folder = ""
        for place in re.findall(r"`([\w{},/<>*.]+)`", cell):
            path = place if place.startswith(("schemas/", "streams/", "dashboards/", "infra/")) else folder + place
            folder = path.rpartition("/")[0] + "/"
            names = re.search(r"\{([\w,]+)\}", path)
            tried = [path.replace(names[0], name) for name in names[1].split(",")] if names else [path]
            lost += [one for one in tried if not list(ROOT.glob(one.replace("<name>", "*").rstrip("/")))]
    assert told.count("\n") > 25
    assert lost == []
