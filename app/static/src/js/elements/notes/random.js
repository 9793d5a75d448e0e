// In place of lib0/webcrypto, which also names what browsers lack on plain http.
export const getRandomValues = (array) => crypto.getRandomValues(array);
