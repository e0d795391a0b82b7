export default () => ({ reactStrictMode: true, pageExtensions: ["page.jsx", "api.js"] });
