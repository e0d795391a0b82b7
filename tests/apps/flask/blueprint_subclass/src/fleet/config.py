class Config:
    API_ROOT = "/api"
    FUEL_PREFIX = API_ROOT + "/fuel"
    WORKSHOP = "workshop"


class Production(Config):
    DEBUG = False
