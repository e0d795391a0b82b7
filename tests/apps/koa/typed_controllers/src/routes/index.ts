import Router from "koa-router";

import patients from "./patients.js";
import { visits } from "./visits.js";

const API = "/api";

export const apiRouter = new Router({ prefix: `${API}/v1` });

apiRouter.use("/patients", patients.routes(), patients.allowedMethods());
apiRouter.use(visits("/visits").routes());
[visits("/archive/visits")].forEach((router) => apiRouter.use(router.routes()));
