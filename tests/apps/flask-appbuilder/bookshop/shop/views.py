from flask_appbuilder import BaseView, ModelRestApi, ModelView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from shop.extensions import appbuilder
from shop.models import Author, Book

READ = {"list", "show"}


class BookView(ModelView):
    datamodel = SQLAInterface(Book)
    route_base = "/books"
    include_route_methods = READ | {"edit"}

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk):
        return "edit"


class AuthorView(ModelView):
    datamodel = SQLAInterface(Author)
    exclude_route_methods = {"delete", "action", "action_post"}


class BookApi(ModelRestApi):
    resource_name = "Book"
    datamodel = SQLAInterface(Book)
    exclude_route_methods = ("info",)


class Reports(BaseView):
    default_view = "sales"

    @expose("/sales/<int:year>")
    @has_access
    def sales(self, year):
        return str(year)

    @expose("/stock/")
    @expose("/inventory/", methods=["GET", "POST"])
    def stock(self):
        return ""


def register():
    appbuilder.add_view(BookView, "Books", category="Shop")
    appbuilder.add_view(AuthorView, "Authors", category="Shop")
    appbuilder.add_view_no_menu(Reports)
    appbuilder.add_api(BookApi)
