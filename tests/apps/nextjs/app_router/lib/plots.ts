export type Plot = { id: string; row: number; tenant?: string };

export const plots = new Map<string, Plot>([["a1", { id: "a1", row: 1 }]]);

export async function listPlots() {
  return Response.json([...plots.values()]);
}
