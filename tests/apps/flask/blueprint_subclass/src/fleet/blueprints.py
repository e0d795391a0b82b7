from flask import Blueprint, jsonify


class ApiBlueprint(Blueprint):
    """A blueprint whose errors are JSON."""

    def __init__(self, name, import_name, **options):
        super().__init__(name, import_name, **options)
        self.register_error_handler(400, self._as_json)

    @staticmethod
    def _as_json(error):
        return jsonify(error=error.description), error.code


class DepotBlueprint(ApiBlueprint):
    def __init__(self, name, import_name):
        super().__init__(name, import_name, url_prefix="/depots")
