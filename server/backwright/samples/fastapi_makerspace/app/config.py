from functools import lru_cache

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MAKERSPACE_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///makerspace.db"
    token_secret: SecretStr
    token_minutes: int = 60
    max_booking_hours: int = 8


@lru_cache
def get_settings() -> Settings:
    return Settings()
