from enum import Enum
from typing import List, Optional

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from .base import Dated, Keyed


class Foot(str, Enum):
    left = "left"
    right = "right"


class TeamTournament(SQLModel, table=True):
    __tablename__ = "team_tournaments"

    team_id: int | None = Field(default=None, foreign_key="team.id", primary_key=True)
    tournament_id: int | None = Field(default=None, foreign_key="tournament.id", primary_key=True)


class TeamBase(SQLModel):
    name: str = Field(index=True, unique=True)
    town: str | None = None


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    colours: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))

    players: List["Player"] = Relationship(back_populates="team")
    tournaments: list["Tournament"] = Relationship(back_populates="teams", link_model=TeamTournament)
    coach: Optional["Coach"] = Relationship(
        back_populates="team", sa_relationship_kwargs={"uselist": False}
    )


class TeamCreate(TeamBase):
    colours: list[str] = []


class TeamUpdate(SQLModel):
    name: str | None = None
    town: str | None = Field(default=None, max_length=80)


class Player(Keyed, Dated, table=True):
    __table_args__ = (UniqueConstraint("team_id", "number"),)

    name: str
    number: int = Field(ge=1, le=99)
    foot: Foot = Foot.right
    notes: str | None = Field(default=None, sa_type=Text)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    team: Team | None = Relationship(back_populates="players")


class Coach(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", unique=True)
    team: "Team" = Relationship(back_populates="coach")


class Tournament(Keyed, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str
    teams: list[Team] = Relationship(back_populates="tournaments", link_model=TeamTournament)
