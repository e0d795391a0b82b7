import { NextRequest, NextResponse } from "next/server";

import { listPlots, plots } from "@/lib/plots";
import { withMember } from "@/lib/session";

export { listPlots as GET };

export const POST = withMember(async (request: NextRequest) => {
  const { id, row } = await request.json();
  plots.set(id, { id, row });
  return NextResponse.json({ id, row }, { status: 201 });
});
