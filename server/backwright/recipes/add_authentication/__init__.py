"""The recipe `add-authentication`: an endpoint comes under the guard that others are under."""
