export async function GET() {
  return Response.json({ hidden: true });
}
