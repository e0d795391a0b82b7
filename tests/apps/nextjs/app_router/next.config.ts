import type { NextConfig } from "next";

import { BASE_PATH } from "./lib/site";

const withHeaders = (config: NextConfig): NextConfig => ({ ...config, poweredByHeader: false });

const config: NextConfig = {
  basePath: BASE_PATH,
  typescript: { ignoreBuildErrors: true },
};

export default withHeaders(config);
