"""Routes of tables of addresses and of resources, where a whole project would hide the case."""

from __future__ import annotations

from pathlib import Path

import pytest

import projects
from apps.regex_words import words
from backwright.facts.backend import Backend
from backwright.index.url_tables.regex_paths import spellings

PROJECT = """
#- requirements.txt
django
djangorestframework
#- manage.py
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")
#- site_/__init__.py
#- site_/settings.py
ROOT_URLCONF = "site_.urls"
"""

PATTERNS = {
    r"^articles/(?P<year>[0-9]{4})/$": ["articles/{year}/"],
    r"^page(?:/(?P<n>\d+))?/$": ["page/", "page/{n}/"],
    r"^users/?$": ["users/"],
    r"^files/(?P<path>.*)$": ["files/{path*}"],
    r"^(\d+)/(\w+)$": ["{}/{}"],
    r"^feed\.json$": ["feed.json"],
    r"^(?:in|out)/(?P<kind>foo|bar)/$": ["in/{kind}/", "out/{kind}/"],
    r"^.*$": ["{*}"],
    r"^blog/(page-(?P<n>\d+)/)?$": ["blog/", "blog/page-{n}/"],
    r"^(?P<u>[-\w]+)/(?P<rest>[\w/]+)$": ["{u}/{rest*}"],
    r"^(?P<u>[^/]+)/at/(?P<rest>[^.]+)$": ["{u}/at/{rest*}"],
    r"^lot[0-9]+/$": ["lot{}/"],
    r"(?i)^x(?!y)/$": ["x/"],
    r"^(?P<a>\d{1,3})(?P<b>x)?/$": ["{a}/", "{a}{b}/"],
    r"^tree/(?P<branch>(?:[^/]+/)*)$": ["tree/{branch*}"],
    r"^(?P<code>[\]\-a-z]{2})\Z": ["{code}"],
}


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS.items())
def test_regular_expressions_as_paths(pattern: str, expected: list[str]) -> None:
    assert spellings(pattern) == expected
    assert words(pattern) == expected  # what Python's own parser makes of it


@pytest.mark.parametrize("pattern", ["(", "(?P<a", "[", "a)b", "*", "\\", "(?P<a>[^", "a{2", "|"])
def test_broken_patterns_are_read_to_their_end(pattern: str) -> None:
    assert spellings(pattern)


GUARDS = {
    "a mixin": (
        "from django.contrib.auth.mixins import LoginRequiredMixin\n"
        "from django.views import View\n"
        "class Page(LoginRequiredMixin, View):\n"
        "    def get(self, request): ...\n",
        {"GET": ["LoginRequiredMixin"]},
    ),
    "a decorator of one method of a class": (
        "from django.contrib.auth.decorators import login_required\n"
        "from django.utils.decorators import method_decorator\n"
        "from django.views import View\n"
        "@method_decorator(login_required, name='post')\n"
        "class Page(View):\n"
        "    def get(self, request): ...\n"
        "    def post(self, request): ...\n",
        {"GET": [], "POST": ["login_required"]},
    ),
    "a permission that lets reading pass": (
        "from rest_framework.permissions import IsAuthenticatedOrReadOnly\n"
        "from rest_framework.views import APIView\n"
        "class Page(APIView):\n"
        "    permission_classes = [IsAuthenticatedOrReadOnly]\n"
        "    def get(self, request): ...\n"
        "    def post(self, request): ...\n",
        {"GET": [], "POST": ["IsAuthenticatedOrReadOnly"]},
    ),
    "a permission of the project's own": (
        "from rest_framework.permissions import BasePermission\n"
        "from rest_framework.views import APIView\n"
        "class Weekdays(BasePermission):\n"
        "    def has_permission(self, request, view): ...\n"
        "class Page(APIView):\n"
        "    permission_classes = (Weekdays,)\n"
        "    def get(self, request): ...\n",
        {"GET": ["Weekdays"]},
    ),
    "permissions that a method chooses among": (
        "from rest_framework.permissions import AllowAny, IsAdminUser, IsAuthenticated\n"
        "from rest_framework.views import APIView\n"
        "class Page(APIView):\n"
        "    def get_permissions(self):\n"
        "        if self.request.method == 'GET':\n"
        "            return [IsAuthenticated()]\n"
        "        return [IsAdminUser()]\n"
        "    def get(self, request): ...\n",
        {"GET": ["IsAuthenticated", "IsAdminUser"]},
    ),
    "permissions of which one lets all pass": (
        "from rest_framework.permissions import AllowAny, IsAdminUser\n"
        "from rest_framework.views import APIView\n"
        "class Page(APIView):\n"
        "    permission_classes = [IsAdminUser]\n"
        "    def get_permissions(self):\n"
        "        return [AllowAny()] if self.request.method == 'GET' else [IsAdminUser()]\n"
        "    def get(self, request): ...\n",
        {"GET": []},
    ),
    "permissions beside those of the base": (
        "from rest_framework import permissions\n"
        "from rest_framework.views import APIView\n"
        "class Page(APIView):\n"
        "    def get_permissions(self):\n"
        "        if self.request.method == 'POST':\n"
        "            return [permissions.IsAdminUser()]\n"
        "        return super().get_permissions()\n"
        "    def get(self, request): ...\n",
        {"GET": []},
    ),
    "decorators that keep nobody out": (
        "from django.views.decorators.http import require_POST\n"
        "from rest_framework.decorators import (\n"
        "    api_view, authentication_classes, permission_classes,\n"
        ")\n"
        "from rest_framework.permissions import AllowAny\n"
        "class Page:\n"
        "    @staticmethod\n"
        "    def as_view(): return page\n"
        "@api_view(['POST'])\n"
        "@authentication_classes([])\n"
        "@permission_classes([AllowAny])\n"
        "def page(request): ...\n",
        {"POST": []},
    ),
}


@pytest.mark.parametrize(("views", "expected"), GUARDS.values(), ids=GUARDS.keys())
def test_what_stands_before_a_view(
    tmp_path: Path, views: str, expected: dict[str, list[str]]
) -> None:
    urls = (
        "from django.urls import path\n"
        "from site_.views import Page\n"
        "urlpatterns = [path('', Page.as_view())]\n"
    )
    found = _project(tmp_path, urls, views)
    assert {it.method: [guard.name for guard in it.guards] for it in found.routes} == expected


def test_types_of_parameters_are_those_of_the_address(tmp_path: Path) -> None:
    urls = (
        "from django.urls import include, path\nfrom site_.views import page\n"
        "urlpatterns = [path('<uuid:shop>/', include([path('<int:pk>/<slug:name>', page)]))]\n"
    )
    found = _project(tmp_path, urls, "def page(request, shop, pk: float, name): ...\n")
    assert {it.name: it.type for it in found.routes[0].parameters} == {
        "shop": "UUID",
        "pk": "float",
        "name": "str",
    }


def test_a_class_that_makes_its_own_table(tmp_path: Path) -> None:
    views = (
        "from django.urls import path\n"
        "from django.views import View\n"
        "class Page(View):\n"
        "    @classmethod\n"
        "    def urls(cls, base):\n"
        "        return [path(f'{base}/', cls.as_view()), path(f'{base}/all/', cls.as_view())]\n"
        "    @classmethod\n"
        "    def as_view(cls, **options):\n"
        "        return super().as_view(**options)\n"
        "    def get(self, request): ...\n"
    )
    urls = "from site_.views import Page\nurlpatterns = [*Page.urls('pages')]\n"
    found = _project(tmp_path, urls, views)
    assert _titles(found) == ["GET /pages/", "GET /pages/all/"]
    assert {it.handler for it in found.routes} == {"Page.get"}


def test_a_table_that_nothing_includes_is_kept(tmp_path: Path) -> None:
    urls = "from django.urls import path\nurlpatterns = []\n"
    views = "def page(request): ...\n"
    loose = (
        "#- shop/__init__.py\n#- shop/urls.py\n"
        "from django.urls import include, path\nfrom site_.views import page\n"
        "urlpatterns = [path('cart/', page), path('more/', include('shop.more'))]\n"
        "#- shop/more.py\n"
        "from django.urls import path\nfrom site_.views import page\n"
        "urlpatterns = [path('<int:pk>/', page)]\n"
    )
    found = _project(tmp_path, urls, views, loose)
    assert _titles(found) == ["ANY /cart/", "ANY /more/{pk}/"]
    assert not any(it.resolved for it in found.routes)


def test_an_address_that_is_not_known_is_kept(tmp_path: Path) -> None:
    urls = (
        "import shelves\nfrom django.urls import path\nfrom site_.views import page\n"
        "urlpatterns = [path(shelves.find() + '/all/', page)]\n"
    )
    found = _project(tmp_path, urls, "def page(request): ...\n")
    assert [(it.title, it.resolved) for it in found.routes] == [("ANY /all/", False)]


def test_tables_that_include_each_other_end(tmp_path: Path) -> None:
    urls = (
        "from django.urls import include, path\nfrom site_.views import page\n"
        "urlpatterns = [path('a/', include('site_.urls')), path('', page)]\n"
    )
    assert "ANY /" in _titles(_project(tmp_path, urls, "def page(request): ...\n"))


def test_projects_of_one_workspace_have_their_own_settings(tmp_path: Path) -> None:
    one = PROJECT + (
        "PREFIX = 'one/'\n#- site_/urls.py\n"
        "from django.conf import settings\nfrom django.urls import path\n"
        "def page(request): ...\nurlpatterns = [path(settings.PREFIX, page)]\n"
    )
    files = projects.parts(one)
    for folder in ("east", "west"):
        for name, text in files.items():
            target = tmp_path / folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text.replace("'one/'", f"'{folder}/'"), encoding="utf-8")
    assert _titles(projects.backend(tmp_path, "")) == ["ANY /east/", "ANY /west/"]


TESTS = """
#- site_/tests.py
from django.test import Client, TestCase
from django.urls import reverse
from rest_framework.test import APIClient, APITestCase
class BookTests(APITestCase):
    def setUp(self):
        self.api = APIClient()
    def test_list(self):
        self.client.get(reverse("book-list"))
    def test_lend(self):
        self.api.post(reverse("book-lend-out", kwargs={"pk": 1}), {"to": "Ada"}, format="json")
class PageTests(TestCase):
    def test_page(self):
        self.client.get(reverse("pages:page", args=(1,)))
    def test_unnamed(self):
        Client().delete("/api/books/7/")
#- tests/test_more.py
def test_admin(admin_client):
    admin_client.get("/pages/3/")
"""


def test_tests_reach_routes_by_name_and_by_address(tmp_path: Path) -> None:
    urls = (
        "from django.urls import include, path\n"
        "from rest_framework.routers import DefaultRouter\n"
        "from site_ import views\n"
        "router = DefaultRouter()\n"
        "router.register('books', views.BookViewSet, basename='book')\n"
        "pages = [path('<int:pk>/', views.page, name='page')]\n"
        "urlpatterns = [\n"
        "    path('api/', include(router.urls)), path('pages/', include((pages, 'pages')))\n"
        "]\n"
    )
    views = (
        "from rest_framework import viewsets\n"
        "from rest_framework.decorators import action\n"
        "class BookViewSet(viewsets.ModelViewSet):\n"
        "    @action(detail=True, methods=['post'])\n"
        "    def lend_out(self, request, pk=None): ...\n"
        "def page(request, pk): ...\n"
    )
    found = _project(tmp_path, urls, views, TESTS)
    assert {it.title: [ref.name for ref in it.tests] for it in found.routes if it.tests} == {
        "GET /api/books/": ["BookTests.test_list"],
        "POST /api/books/{pk}/lend_out/": ["BookTests.test_lend"],
        "DELETE /api/books/{pk}/": ["PageTests.test_unnamed"],
        "ANY /pages/{pk}/": ["PageTests.test_page", "test_admin"],
    }


def _project(folder: Path, urls: str, views: str, more: str = "") -> Backend:
    parts = f"{PROJECT}#- site_/urls.py\n{urls}#- site_/views.py\n{views}"
    return projects.backend(folder, parts + more)


def _titles(found: Backend) -> list[str]:
    return sorted(it.title for it in found.routes)
