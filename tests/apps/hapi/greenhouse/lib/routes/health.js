"use strict";

module.exports = { method: "GET", path: "/health", options: { auth: false }, handler: () => "ok" };
