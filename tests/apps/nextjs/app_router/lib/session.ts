import { NextRequest, NextResponse } from "next/server";

type Handler = (request: NextRequest, context: { params: Promise<any> }) => Promise<Response> | Response;

export async function memberOf(request: NextRequest): Promise<string | null> {
  return request.cookies.get("member")?.value ?? null;
}

export function withMember(handler: Handler): Handler {
  return async (request, context) => {
    if (!(await memberOf(request))) {
      return NextResponse.json({ error: "sign in first" }, { status: 401 });
    }
    return handler(request, context);
  };
}
