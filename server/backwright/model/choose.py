"""Which provider the settings name."""

from __future__ import annotations

from backwright.model.endpoint import OPENAI_URL, endpoint_of
from backwright.model.offline import Offline
from backwright.model.openai import OpenAICompatible
from backwright.model.provider import Provider
from backwright.settings import Settings


def provider_for(settings: Settings) -> Provider:
    """Raises SettingsError where the base URL, a header or the key can't be one."""
    model = settings.model
    if not model.configured:
        return Offline()
    endpoint = endpoint_of(model.base_url or OPENAI_URL, settings.api_key, model.headers)
    return OpenAICompatible(endpoint, model=model.name, timeout=model.timeout)
