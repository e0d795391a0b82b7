from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="LENDING_", env_file=".env", extra="ignore")

    title: str = "Lending desk"
    api_prefix: str = "/api/v1"
    loans_segment: str = "/loans"
    loan_days: int = 21
    database_url: str = "sqlite:///lending.db"


@lru_cache
def get_settings() -> Settings:
    return Settings()


settings = get_settings()
