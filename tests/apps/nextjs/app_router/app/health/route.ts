export const dynamic = "force-dynamic";

export function GET() {
  return new Response("ok");
}

export function HEAD() {
  return new Response(null);
}
