// What Xero calls the time zone of an organisation: names of its own, one for many places.
const zones: readonly (readonly [zone: string, wire: string])[] = [
  ['Europe/London', 'GMTSTANDARDTIME'],
  ['Africa/Abidjan', 'GREENWICHSTANDARDTIME'],
  ['Europe/Berlin', 'WEUROPESTANDARDTIME'],
  ['Europe/Paris', 'ROMANCESTANDARDTIME'],
  ['Europe/Warsaw', 'CENTRALEUROPEANSTANDARDTIME'],
  ['Europe/Budapest', 'CENTRALEUROPESTANDARDTIME'],
  ['Africa/Lagos', 'WCENTRALAFRICASTANDARDTIME'],
  ['Europe/Helsinki', 'FLESTANDARDTIME'],
  ['Europe/Bucharest', 'GTBSTANDARDTIME'],
  ['Africa/Johannesburg', 'SOUTHAFRICASTANDARDTIME'],
  ['Africa/Cairo', 'EGYPTSTANDARDTIME'],
  ['Asia/Jerusalem', 'ISRAELSTANDARDTIME'],
  ['Europe/Moscow', 'RUSSIANSTANDARDTIME'],
  ['Africa/Nairobi', 'EAFRICASTANDARDTIME'],
  ['Asia/Tehran', 'IRANSTANDARDTIME'],
  ['Asia/Dubai', 'ARABIANSTANDARDTIME'],
  ['Asia/Kabul', 'AFGHANISTANSTANDARDTIME'],
  ['Asia/Karachi', 'PAKISTANSTANDARDTIME'],
  ['Asia/Kolkata', 'INDIASTANDARDTIME'],
  ['Asia/Kathmandu', 'NEPALSTANDARDTIME'],
  ['Asia/Dhaka', 'BANGLADESHSTANDARDTIME'],
  ['Asia/Yangon', 'MYANMARSTANDARDTIME'],
  ['Asia/Bangkok', 'SEASIASTANDARDTIME'],
  ['Asia/Singapore', 'SINGAPORESTANDARDTIME'],
  ['Asia/Shanghai', 'CHINASTANDARDTIME'],
  ['Australia/Perth', 'WAUSTRALIASTANDARDTIME'],
  ['Australia/Eucla', 'AUSCENTRALWSTANDARDTIME'],
  ['Asia/Tokyo', 'TOKYOSTANDARDTIME'],
  ['Asia/Seoul', 'KOREASTANDARDTIME'],
  ['Australia/Darwin', 'AUSCENTRALSTANDARDTIME'],
  ['Australia/Adelaide', 'CENAUSTRALIASTANDARDTIME'],
  ['Australia/Brisbane', 'EAUSTRALIASTANDARDTIME'],
  ['Australia/Sydney', 'AUSEASTERNSTANDARDTIME'],
  ['Australia/Hobart', 'TASMANIASTANDARDTIME'],
  ['Australia/Lord_Howe', 'LORDHOWESTANDARDTIME'],
  ['Pacific/Guadalcanal', 'CENTRALPACIFICSTANDARDTIME'],
  ['Pacific/Norfolk', 'NORFOLKSTANDARDTIME'],
  ['Pacific/Auckland', 'NEWZEALANDSTANDARDTIME'],
  ['Pacific/Fiji', 'FIJISTANDARDTIME'],
  ['Pacific/Chatham', 'CHATHAMISLANDSSTANDARDTIME'],
  ['Pacific/Tongatapu', 'TONGASTANDARDTIME'],
  ['Pacific/Apia', 'SAMOASTANDARDTIME'],
  ['Pacific/Kiritimati', 'LINEISLANDSSTANDARDTIME'],
  ['Atlantic/Azores', 'AZORESSTANDARDTIME'],
  ['America/Sao_Paulo', 'ESOUTHAMERICASTANDARDTIME'],
  ['America/St_Johns', 'NEWFOUNDLANDSTANDARDTIME'],
  ['America/Halifax', 'ATLANTICSTANDARDTIME'],
  ['America/La_Paz', 'SAWESTERNSTANDARDTIME'],
  ['America/New_York', 'EASTERNSTANDARDTIME'],
  ['America/Bogota', 'SAPACIFICSTANDARDTIME'],
  ['America/Chicago', 'CENTRALSTANDARDTIME'],
  ['America/Regina', 'CANADACENTRALSTANDARDTIME'],
  ['America/Denver', 'MOUNTAINSTANDARDTIME'],
  ['America/Phoenix', 'USMOUNTAINSTANDARDTIME'],
  ['America/Los_Angeles', 'PACIFICSTANDARDTIME'],
  ['America/Anchorage', 'ALASKANSTANDARDTIME'],
  ['Pacific/Honolulu', 'HAWAIIANSTANDARDTIME'],
];

/** The name of the zone itself, or of the first that keeps the same hours in January and in July; UTC where there is none. */
export function wireZone(zone: string): string {
  const hours = hoursOf(zone);
  const found = zones.find(([one]) => one === zone) ?? zones.find(([one]) => hoursOf(one) === hours);
  return zone === 'UTC' || found === undefined ? 'UTC' : found[1];
}

/** How far from UTC its clocks are in the middle of January and of July. */
function hoursOf(zone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return [0, 6].map((month) => offsetOf(format, Date.UTC(2026, month, 15))).join(' ');
}

function offsetOf(format: Intl.DateTimeFormat, ms: number): string {
  return format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
