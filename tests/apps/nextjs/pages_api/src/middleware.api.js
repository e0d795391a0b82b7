import { NextResponse } from "next/server";

export default function middleware(request) {
  if (!request.headers.get("x-ticket")) return new NextResponse(null, { status: 403 });
  return NextResponse.next();
}

export const config = { matcher: [{ source: "/api/((?!sailings|ports).*)" }] };
