export const SAMPLES = {};
