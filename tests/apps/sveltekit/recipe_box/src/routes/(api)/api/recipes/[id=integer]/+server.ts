import { error, json } from "@sveltejs/kit";

import { recipes } from "../../../../../lib/recipes";

export function GET({ params }) {
  const recipe = recipes.get(Number(params.id));
  return recipe ? json(recipe) : error(404);
}

export async function DELETE({ params }) {
  recipes.delete(Number(params.id));
  return new Response(null, { status: 204 });
}
