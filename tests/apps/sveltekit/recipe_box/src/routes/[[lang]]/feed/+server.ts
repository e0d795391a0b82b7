export const GET = async ({ params }) => new Response(`<feed xml:lang="${params.lang ?? "en"}"/>`);
