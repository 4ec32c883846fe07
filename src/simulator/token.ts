/** The one bearer token that the simulated tenant accepts. It opens nothing else, so it is no secret. */
export const SIMULATOR_TOKEN = 'simulated-tenant-token';
