import "./songs";

import { builder } from "./builder";

export const schema = builder.toSchema();
