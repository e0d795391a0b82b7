export async function GET(_: Request, { params }: { params: Promise<{ trail: string[] }> }) {
  return Response.json((await params).trail);
}
