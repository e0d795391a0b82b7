export const nobody = () => null;
