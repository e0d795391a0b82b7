from fastapi import FastAPI

from invoicing.config import config
from invoicing.routing import register_routes

app = FastAPI(title="Invoicing")
register_routes(app, config)
