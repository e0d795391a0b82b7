const Joi = require("joi");

const { t, requireKey } = require("./t");

const serial = Joi.object({ serial: Joi.string().required(), model: Joi.string() });

module.exports = (store) => {
  const withKey = t.procedure.use(requireKey);
  return t.router({
    all: t.procedure.query(() => [...store.values()]),
    register: withKey.input((value) => Joi.attempt(value, serial)).mutation(({ input }) => {
      store.set(input.serial, input);
      return input;
    }),
    retire: t.procedure.use(requireKey).input(String).mutation(({ input }) => store.delete(input)),
  });
};
