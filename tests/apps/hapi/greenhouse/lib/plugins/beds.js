"use strict";

const Joi = require("joi");

const store = new Map();

const show = {
  method: "GET",
  path: "/{bedId}",
  handler: (request, h) => store.get(request.params.bedId) ?? h.response().code(404),
};

module.exports = {
  name: "beds",
  register(server, options) {
    server.route({ method: "GET", path: "/", handler: () => [...store.values()] });
    server.route(show);
    server.route({
      method: ["PUT", "PATCH"],
      path: "/{bedId}",
      options: {
        validate: {
          payload: Joi.object({ crop: Joi.string().required(), sown: Joi.date() }),
          params: Joi.object({ bedId: Joi.string() }),
        },
        handler: async (request) => {
          const { crop } = request.payload;
          store.set(request.params.bedId, { crop });
          return { crop };
        },
      },
    });
    server.route({
      method: "DELETE",
      path: "/{bedId}",
      options: { auth: { strategy: "inspector", mode: "required" } },
      handler: (request, h) => h.response().code(204),
    });
  },
};
