import type { Context } from "koa";

class PatientsController {
  list = async (ctx: Context) => {
    ctx.body = [];
  };

  async show(ctx: Context) {
    ctx.body = { id: ctx.params.patientId };
  }

  create(ctx: Context) {
    ctx.status = 201;
  }
}

export const patients = new PatientsController();
