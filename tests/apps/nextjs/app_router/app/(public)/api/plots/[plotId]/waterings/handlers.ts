import type { NextRequest } from "next/server";

export async function GET() {
  return Response.json([]);
}

export async function POST(request: NextRequest) {
  const form = await request.formData();
  return Response.json({ litres: form.get("litres") }, { status: 201 });
}
