"""One rule a module; a module that is here is a rule, and nothing lists them."""
