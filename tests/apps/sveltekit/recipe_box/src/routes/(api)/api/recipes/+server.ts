import { json, type RequestHandler } from "@sveltejs/kit";

import { recipes } from "../../../../lib/recipes";

export const GET: RequestHandler = ({ url }) => {
  const after = Number(url.searchParams.get("after"));
  return json([...recipes].filter(([id]) => id > after));
};

export const POST: RequestHandler = async ({ request }) => {
  const { title } = await request.json();
  recipes.set(recipes.size + 1, { title });
  return json({ title }, { status: 201 });
};
