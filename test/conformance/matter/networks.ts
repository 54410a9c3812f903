/** The name of the network namespace at the other end of the cable, given by whoever started this run. */
export function otherNetwork(): string {
  const name = process.env['TENTACLE_OTHER_NETWORK'];
  if (!name) throw new Error('Started alone: run "bash test/conformance/matter/run.sh", or test/lan/matter.');
  return name;
}
