import { NextRequest, NextResponse } from "next/server";

import { memberOf } from "./lib/session";

export async function proxy(request: NextRequest) {
  if (!(await memberOf(request))) {
    return NextResponse.json({ error: "sign in first" }, { status: 401 });
  }
  return NextResponse.next();
}

export const config = { matcher: ["/api/tools/:path*", "/api/auth/:path*"] };
