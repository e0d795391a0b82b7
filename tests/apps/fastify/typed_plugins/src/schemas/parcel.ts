export const parcelBody = {
  type: "object",
  required: ["weight", "to"],
  properties: { weight: { type: "number" }, to: { type: "string" } },
} as const;

export const listQuery = {
  type: "object",
  properties: { page: { type: "integer" }, q: { type: "string" } },
} as const;
