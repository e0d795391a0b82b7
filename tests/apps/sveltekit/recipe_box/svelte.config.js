/** @type {import("@sveltejs/kit").Config} */
const config = { kit: { paths: { base: "/kitchen" } } };

export default config;
