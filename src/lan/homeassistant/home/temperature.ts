/** The unit that Home Assistant measures in, from its `get_config`. */
export type TemperatureUnit = '°C' | '°F';

/** A temperature in degrees Celsius, from one in a unit that Home Assistant uses; null for a unit that is none of heat. */
export function toCelsius(value: number, unit: string): number | null {
  switch (unit) {
    case '°C':
      return round(value);
    case '°F':
      return round(((value - 32) * 5) / 9);
    case 'K':
      return round(value - 273.15);
    default:
      return null;
  }
}

export function fromCelsius(celsius: number, unit: TemperatureUnit): number {
  return unit === '°F' ? round((celsius * 9) / 5 + 32) : celsius;
}

export const celsiusWords = (celsius: number): string => `${round(celsius)} °C`;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
