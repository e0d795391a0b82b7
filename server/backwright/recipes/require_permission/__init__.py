"""The recipe `require-permission`: an endpoint asks for a role, as other endpoints do."""
