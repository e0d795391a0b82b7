"""From a reply to a change, and the checks of it. Calls no model."""
