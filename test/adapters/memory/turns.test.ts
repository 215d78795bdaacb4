import { memoryTurns } from '../../../src/adapters/memory/turns.ts';
import { turnsContract } from '../../contracts/turns.ts';

turnsContract('in one process', async () => memoryTurns());
