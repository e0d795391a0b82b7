async function answer(request: Request) {
  return Response.json({ asked: new URL(request.url).pathname });
}

export const handlers = { GET: answer, POST: answer };
