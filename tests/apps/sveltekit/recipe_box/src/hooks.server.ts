import type { Handle } from "@sveltejs/kit";

export const handle: Handle = async ({ event, resolve }) => {
  if (!event.cookies.get("cook")) return new Response("sign in first", { status: 401 });
  return resolve(event);
};
