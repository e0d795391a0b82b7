"""The family of procedures: tRPC, whose routers are objects of functions that clients call."""
