/** WMO weather interpretation codes (table 4677, as Open-Meteo gives them), in words. */
const words: readonly (readonly [codes: readonly number[], word: string])[] = [
  [[0], 'clear sky'],
  [[1], 'mostly clear'],
  [[2], 'partly cloudy'],
  [[3], 'overcast'],
  [[45, 48], 'fog'],
  [[51, 53, 55, 56, 57], 'drizzle'],
  [[61, 66], 'light rain'],
  [[63], 'rain'],
  [[65, 67], 'heavy rain'],
  [[71, 77], 'light snow'],
  [[73], 'snow'],
  [[75], 'heavy snow'],
  [[80, 81], 'showers'],
  [[82], 'heavy showers'],
  [[85, 86], 'snow showers'],
  [[95, 96, 99], 'thunderstorm'],
];

export function weatherWords(code: number): string {
  return words.find(([codes]) => codes.includes(code))?.[1] ?? 'unsettled';
}
