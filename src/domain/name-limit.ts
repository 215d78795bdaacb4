/** Ours: Secret Server writes down no limit; no name of a secret or an account that people use is this long. */
export const nameAtMost = 255;
