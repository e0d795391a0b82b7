export const BASE_PATH = "/allotment";
