export async function POST() {
  return Response.json({ hidden: true });
}
