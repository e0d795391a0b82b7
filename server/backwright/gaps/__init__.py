"""What a backend still lacks: guards, limits, validation, tests, safe SQL, retries."""
