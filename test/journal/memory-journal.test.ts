import { MemoryJournal } from '../fakes/memory-journal.js';
import { describeJournal } from './journal-contract.js';

describeJournal('in memory', () => new MemoryJournal());
