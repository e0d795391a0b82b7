export const GET = ({ params }) => new Response(`${params.left} ${params.right}`);
