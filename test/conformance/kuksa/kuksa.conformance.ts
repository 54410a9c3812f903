import { describeKuksa } from '../../virtual/car/kuksa-contract.js';
import { startDatabroker } from './databroker.js';

const binary = process.env.KUKSA_DATABROKER;
if (binary === undefined) throw new Error('Run it by test/conformance/kuksa/run.sh, which finds the databroker.');

describeKuksa("Eclipse's databroker", () => startDatabroker(binary));
