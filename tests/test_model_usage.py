"""Which stored models each route uses: those its handler names, and those named two calls on."""

from __future__ import annotations

from pathlib import Path

from projects import backend


def _used(folder: Path, notation: str) -> dict[str, list[str]]:
    return {it.title: it.models for it in backend(folder, notation).routes}


SQLALCHEMY = """
#- app/models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
class Refund(Base):
    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
#- app/schemas.py
from pydantic import BaseModel
class OrderIn(BaseModel):
    item: int
#- app/repository.py
from app import models
class Orders:
    def __init__(self, session): self.session = session
    def add(self, item): return self.session.add(make_order(item))
def make_order(item): return models.Order(item=check(item))
def check(item): return deeper(item)
def deeper(item): return models.Refund
#- app/service.py
from app.repository import Orders
class Service:
    def __init__(self, session): self.orders = Orders(session)
    def create(self, item): return self.orders.add(item)
#- app/main.py
from typing import Annotated
from fastapi import Depends, FastAPI
from app.models import User, Item
from app.schemas import OrderIn
from app.service import Service
app = FastAPI()
def current_user() -> User: ...
@app.get("/plain")
def plain(): return {}
@app.get("/users")
def users(session): return session.query(User).all()
@app.post("/orders")
def create(body: OrderIn, user: Annotated[User, Depends(current_user)]):
    return Service(None).create(body.item)
@app.get("/local")
def local():
    from app.models import Item as Thing
    return Thing
"""


def test_models_of_handlers_and_what_they_call(tmp_path: Path) -> None:
    assert _used(tmp_path, SQLALCHEMY) == {
        "GET /plain": [],
        "GET /users": ["User"],
        "POST /orders": ["User"],
        "GET /local": ["Item"],
    }


def test_two_calls_on(tmp_path: Path) -> None:
    nearer = SQLALCHEMY.replace("Service(None).create(body.item)", "Orders(None).add(body.item)")
    nearer = nearer.replace("from app.service import Service", "from app.repository import Orders")
    assert _used(tmp_path, nearer)["POST /orders"] == ["User", "Order"]


PRISMA = """
//- prisma/schema.prisma
model User {
  id Int @id
}
model BlogPost {
  id Int @id
}
//- package.json
{ "name": "blog", "dependencies": { "express": "^5", "@prisma/client": "^6" } }
//- src/db.ts
import { PrismaClient } from "@prisma/client";
const kept = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = kept.prisma ?? new PrismaClient();
//- src/posts.ts
import { PrismaClient } from "@prisma/client";
const client = new PrismaClient();
export const latest = () => client.blogPost.findMany();
//- src/app.ts
import express from "express";
import { prisma } from "./db";
import { latest } from "./posts";
const app = express();
app.get("/users", async (req, res) => res.json(await prisma.user.findMany()));
app.get("/posts", async (req, res) => res.json(await latest()));
app.get("/none", (req, res) => res.json(req.user.blogPost));
"""


def test_models_of_a_client(tmp_path: Path) -> None:
    assert _used(tmp_path, PRISMA) == {
        "GET /users": ["User"],
        "GET /posts": ["BlogPost"],
        "GET /none": [],
    }


MONGOOSE = """
//- package.json
{ "name": "shop", "type": "module", "dependencies": { "express": "^5", "mongoose": "^8" } }
//- src/models/user.js
import mongoose from "mongoose";
const schema = new mongoose.Schema({ name: String });
export default mongoose.model("User", schema);
//- src/app.js
import express from "express";
import User from "./models/user.js";
const app = express();
const list = async (req, res) => res.json(await User.find());
app.get("/users", list);
"""


def test_models_that_calls_make(tmp_path: Path) -> None:
    assert _used(tmp_path, MONGOOSE) == {"GET /users": ["User"]}


def test_the_model_at_a_byte(tmp_path: Path) -> None:
    found = backend(tmp_path, SQLALCHEMY)
    order = next(it for it in found.models if it.name == "Order")
    assert found.model_at("app/models.py", order.place.start + 10) == order
    assert found.model_at("app/models.py", 0) is None
