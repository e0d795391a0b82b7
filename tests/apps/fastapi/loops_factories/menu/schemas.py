from pydantic import BaseModel, Field


class Dish(BaseModel):
    name: str
    price_cents: int = Field(gt=0)
    allergens: list[str] = []


class Drink(BaseModel):
    name: str
    price_cents: int = Field(gt=0)
    alcoholic: bool = False
