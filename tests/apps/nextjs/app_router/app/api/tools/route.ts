import type { NextRequest } from "next/server";

const tools = ["spade", "rake"];

export async function GET(request: NextRequest) {
  const after = request.nextUrl.searchParams.get("after");
  return Response.json(after ? tools.slice(tools.indexOf(after) + 1) : tools);
}

export async function OPTIONS() {
  return new Response(null, { headers: { Allow: "GET" } });
}
