from flask import Flask


def create_app(config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(SECRET_KEY="dev", TERM="autumn")
    if config is not None:
        app.config.from_mapping(config)

    from . import errors
    from .views import courses, students
    from .views.timetable import bp as timetable_bp

    errors.init_app(app)
    app.register_blueprint(courses.bp)
    app.register_blueprint(students.bp)
    # The timetable of its blueprint hangs at /timetable; the school knows it as the calendar.
    app.register_blueprint(timetable_bp, url_prefix="/calendar")

    with app.app_context():
        from enrol.views import certificates

        app.register_blueprint(certificates.bp, url_prefix="/students/<int:student_id>")

    @app.route("/")
    def index():
        return {"term": app.config["TERM"]}

    return app
