"""Every fault that Backwright itself raises.

    BackwrightError
    ├── UsageError              the request names something that is not there (exit status 2)
    ├── SettingsError           a settings file or variable can't be used (2)
    ├── WorkerError             a worker process died or answered nonsense
    └── ModelError              the model or its endpoint failed (3)
        ├── ModelUnreachable    no connection, or it broke before an answer began
        ├── ModelDenied         the endpoint refuses the key (401, 403)
        ├── ModelBusy           429 or 5xx, still so after the retries
        ├── ModelTimeout        no text within the time limit
        ├── ModelCut            the stream ended without a finish_reason, or at the length limit
        ├── ModelTooLong        the prompt exceeds the model's context
        └── ModelUnusable       an answer that is not one (HTML, empty, refused)

Refusals that a person can act on are values where they arise (`Refused`, `Stale`); only the engine
turns them into a result.
"""

from __future__ import annotations


class BackwrightError(Exception):
    """Base of all faults; `str()` is one clear line for a person."""

    exit_status = 1


class UsageError(BackwrightError):
    exit_status = 2


class SettingsError(BackwrightError):
    exit_status = 2


class WorkerError(BackwrightError):
    pass


class ModelError(BackwrightError):
    exit_status = 3


class ModelUnreachable(ModelError):
    pass


class ModelDenied(ModelError):
    pass


class ModelBusy(ModelError):
    pass


class ModelTimeout(ModelError):
    pass


class ModelCut(ModelError):
    pass


class ModelTooLong(ModelError):
    pass


class ModelUnusable(ModelError):
    pass
