import datetime as dt
from decimal import Decimal

from sqlmodel import Field, Relationship, SQLModel

from league.players import Team


class Fixture(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    home_id: int = Field(foreign_key="team.id")
    away_id: int = Field(foreign_key="team.id")
    kick_off: dt.datetime
    gate: Decimal = Field(default=0, max_digits=8, decimal_places=2)
    played: bool = False

    home: Team = Relationship(sa_relationship_kwargs={"foreign_keys": "[Fixture.home_id]"})
    away: Team = Relationship(sa_relationship_kwargs={"foreign_keys": "Fixture.away_id"})
