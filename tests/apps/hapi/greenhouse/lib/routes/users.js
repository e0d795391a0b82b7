"use strict";

const controller = {
  me: (request) => request.auth.credentials,
  async invite(request, h) {
    return h.response({ email: request.payload.email }).code(202);
  },
};

module.exports = [
  { method: "GET", path: "/me", handler: controller.me },
  { method: "POST", path: "/invitations", options: { handler: controller.invite, description: "Invites" } },
];
