import { describe } from '@jest/globals';
import { storeContract } from '../store/store-contract.js';
import { memoryStore } from './memory-store.js';

describe('the store of the simulation promises what every store does:', () => {
  storeContract(async () => memoryStore());
});
