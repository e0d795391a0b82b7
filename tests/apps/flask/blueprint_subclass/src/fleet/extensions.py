class Tracker:
    """Receives positions of vehicles; used like any Flask extension."""

    def __init__(self, app=None):
        self.positions = {}
        if app is not None:
            self.init_app(app)

    def init_app(self, app, prefix="/tracker"):
        app.extensions["tracker"] = self
        app.add_url_rule(f"{prefix}/positions", "positions", self.list_positions)
        app.add_url_rule(
            f"{prefix}/positions/<plate>", "report", self.report, methods=["POST"]
        )

    def list_positions(self):
        return self.positions

    def report(self, plate):
        self.positions[plate] = True
        return "", 204


tracker = Tracker()


def init_app(app):
    tracker.init_app(app)
