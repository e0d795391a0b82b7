import { handlers } from "@/lib/providers";

export const { GET, POST } = handlers;
