"""Ruby, where it is installed: projects that need it are skipped elsewhere, and say so."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

PACKAGES = {
    "activerecord": "ruby-activerecord",
    "sqlite3": "ruby-sqlite3",
    "activejob": "ruby-activejob",
    "rails": "ruby-rails",
    "sinatra": "ruby-sinatra",
    "sinatra-contrib": "ruby-sinatra-contrib",
    "grape": "ruby-grape",
    "devise": "ruby-devise",
    "sidekiq": "ruby-sidekiq",
}
"""What each gem is called among the packages of Debian."""


@cache
def missing(gem: str) -> str:
    """Why code that needs the gem can't be run here, "" where it can."""
    ruby = shutil.which("ruby")
    if ruby is None:
        return f"RUBY IS NOT INSTALLED: apt-get install {PACKAGES.get(gem, 'ruby')}"
    done = subprocess.run(
        [ruby, "-e", f"gem '{gem}'"], capture_output=True, timeout=60, check=False
    )
    package = PACKAGES.get(gem, f"ruby-{gem}")
    return "" if not done.returncode else f"NO GEM {gem}: apt-get install {package}"
