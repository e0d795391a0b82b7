from flask_appbuilder import IndexView, expose


class Home(IndexView):
    @expose("/about")
    def about(self):
        return "about"
