from petshop.blueprints import owners, pets, visits

MODULES = (pets, owners)


def register_blueprints(api):
    for module in MODULES:
        api.register_blueprint(module.blp)
    api.register_blueprint(visits.outer, url_prefix="/clinic")
