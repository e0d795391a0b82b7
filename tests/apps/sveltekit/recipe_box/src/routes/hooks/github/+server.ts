export const POST = () => new Response(null, { status: 202 });

export const fallback = ({ request }) => new Response(`no ${request.method} here`, { status: 405 });
