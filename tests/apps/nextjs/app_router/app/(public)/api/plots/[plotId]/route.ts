import { NextRequest, NextResponse } from "next/server";

import { plots } from "@/lib/plots";

type Context = { params: Promise<{ plotId: string }> };

export async function GET(request: NextRequest, { params }: Context) {
  const { plotId } = await params;
  const { searchParams } = new URL(request.url);
  const plot = plots.get(plotId);
  if (!plot) return NextResponse.json({ error: "no such plot" }, { status: 404 });
  return NextResponse.json({ ...plot, units: searchParams.get("units") });
}

async function change(request: NextRequest, { params }: Context) {
  const { plotId } = await params;
  return NextResponse.json({ plotId, ...(await request.json()) });
}

export { change as PUT, change as PATCH };

export async function DELETE(_request: NextRequest, { params }: Context) {
  plots.delete((await params).plotId);
  return new NextResponse(null, { status: 204 });
}
