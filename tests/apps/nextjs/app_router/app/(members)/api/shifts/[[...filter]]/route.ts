import { withMember } from "@/lib/session";

export const GET = withMember(async (request) => {
  return Response.json({ week: request.nextUrl.searchParams.get("week") });
});
