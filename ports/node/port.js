// SES SMTP passwords and Signature Version 4 with node:crypto, as a port of sigvet.
//
// Node takes and gives strings as UTF-8 unless told otherwise, and JavaScript sorts and matches UTF-16.
// So each text here is a string whose characters are its bytes ("latin1"), and each key is a Buffer.
// Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed AWS
// API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API Reference).
'use strict';
const { createHash, createHmac } = require('node:crypto');
const { posix } = require('node:path');

const [ALGORITHM, TERMINAL, WEEK_S] = ['AWS4-HMAC-SHA256', 'aws4_request', 604800];
const [DATE, TOKEN, HASH] = ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];
const DEFAULTS = {
  query: '', body: '', headers: [], session_token: '', payload_hash: '', uri_encode: 'double',
  normalize: true, sign_session_token: true, content_sha256_header: false,
};
const GOOD_ESCAPES = /^(?!.*%(?![0-9A-Fa-f]{2}))/s;
const FORMS = {
  secret: /./s, region: /./s, service: /./s, date: /^[0-9]{8}$/, timestamp: /^[0-9]{8}T[0-9]{6}Z$/,
  path: /^(\/|$)/, query: GOOD_ESCAPES, session_token: /^[^\x00-\x1f\x7f]*$/,
  payload_hash: /^[^\x00-\x20\x7f]*$/,
};
const HTTP_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/; // RFC 9110 section 5.6.2
const CREDENTIAL = /^([^\x00-\x20\x7f/,]+\/){4}aws4_request$/; // five fields, none of which ends early
const OWN_PARAMETER = /^x-amz-(algorithm|credential|date|expires|security-token|sign(ature|edheaders))$/i;

class Refused extends Error {}

function check(holds, reason) {
  if (!holds) throw new Refused(reason);
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

// The MAC of each message; it is the key of the next one. digest() without an encoding is a Buffer.
function macChain(secret, messages) {
  let key = Buffer.from(secret, 'latin1');
  return mapValues(messages, text => (key = createHmac('sha256', key).update(text, 'latin1').digest()));
}

const toHex = macs => mapValues(macs, mac => mac.toString('hex'));
const sha256Hex = text => createHash('sha256').update(text, 'latin1').digest('hex');

function sesSmtpPassword({ version, secret, region }) {
  const macs = version === 2 ? macChain(secret, { mac: 'SendRawEmail' }) : macChain(`AWS4${secret}`, {
    date_key: '11111111', // a constant of the scheme, not a day
    region_key: region, service_key: 'ses', terminal_key: TERMINAL, message_key: 'SendRawEmail',
  });
  // The version goes in front as a byte, not as a digit.
  const raw = Buffer.concat([Buffer.of(version), Object.values(macs).at(-1)]);
  return { ...toHex(macs), password: raw.toString('base64') };
}

const signingKeys = ({ secret, date, region, service }) => macChain(`AWS4${secret}`, {
  date_key: date, region_key: region, service_key: service, signing_key: TERMINAL,
});

const escape = char => '%' + char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
const encode = text => text.replace(/[^A-Za-z0-9\-._~]/g, escape); // encodeURIComponent spares !'()* too
const decode = text => text.replace(/%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

function canonicalPath({ path, normalize, uri_encode }) {
  const segments = (normalize ? posix.normalize(path || '/') : path || '/').split('/');
  // S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
  return segments.map(text => encode(uri_encode === 'single' ? decode(text) : text)).join('/');
}

// Not URLSearchParams, to which a plus is a blank.
function parseQuery(query) {
  const pairs = query.split('&').filter(Boolean).map(pair => /^([^=]*)=?(.*)$/s.exec(pair));
  return pairs.map(([, name, value]) => [decode(name), decode(value)]);
}

// Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`.
function canonicalQuery(pairs) {
  const encoded = pairs.map(pair => pair.map(encode));
  const compare = (a, b) => (a < b ? -1 : Number(a > b)); // localeCompare knows no bytes
  encoded.sort(([a, valueOfA], [b, valueOfB]) => compare(a, b) || compare(valueOfA, valueOfB));
  return encoded.map(pair => pair.join('=')).join('&');
}

// Trimmed values by name, those of a repeated name in the order given. A Map, since an object moves
// names such as 1 to its front.
function joinHeaders(pairs) {
  const joined = new Map();
  for (const [name, value] of pairs) {
    check(HTTP_TOKEN.test(name), "a header's name is no token");
    const unfolded = value.replace(/\r?\n(?=[ \t])/g, '').replace(/[ \t]+/g, ' '); // \s matches A0 too
    check(!/[\x00-\x1f\x7f]/.test(unfolded), 'a header has a line break or a control character');
    const [key, trimmed] = [name.toLowerCase(), unfolded.replace(/^ | $/g, '')];
    joined.set(key, joined.has(key) ? `${joined.get(key)},${trimmed}` : trimmed);
  }
  return joined;
}

// Date takes 30 February for 1 March, so it has to give the same back.
function isTime(timestamp) {
  const iso = timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const date = new Date(iso);
  return !Number.isNaN(date.valueOf()) && date.toISOString() === iso && iso >= '0001';
}

const scope = given => [given.timestamp.slice(0, 8), given.region, given.service, TERMINAL].join('/');
const credential = given => `${given.access_key_id}/${scope(given)}`;

function checkedHeaders(given) {
  check(isTime(given.timestamp), 'the timestamp is no time');
  check(HTTP_TOKEN.test(given.method), 'the method is no token');
  check(GOOD_ESCAPES.test(given.path), 'the path has a percent sign without two hex digits');
  check(CREDENTIAL.test(credential(given)), 'a field of the credential is empty or malformed');
  const headers = joinHeaders(given.headers);
  check(/^[^,]+$/.test(headers.get('host') ?? ''), 'there is not one Host header');
  check(!headers.has('authorization'), 'there is an Authorization header already');
  const meant = { [DATE]: given.timestamp, [TOKEN]: given.session_token, [HASH]: given.payload_hash };
  for (const [name, value] of Object.entries(meant)) {
    check(!value || [undefined, value].includes(headers.get(name)), `${name} says something else`);
  }
  return headers;
}

const payloadHash = (given, headers) => given.payload_hash || headers.get(HASH) || sha256Hex(given.body);

function signedHeaders(given, headers) {
  const names = [...headers.keys()].filter(name => name !== TOKEN || given.sign_session_token).sort();
  return names.join(';');
}

function signatureStages(given, headers, query) {
  const names = signedHeaders(given, headers);
  const lines = names.split(';').map(name => `${name}:${headers.get(name)}\n`).join('');
  const request = [given.method, canonicalPath(given), query, lines, names, payloadHash(given, headers)];
  const stages = { canonical_request: request.join('\n') };
  const digest = sha256Hex(stages.canonical_request);
  stages.string_to_sign = [ALGORITHM, given.timestamp, scope(given), digest].join('\n');
  const key = signingKeys({ ...given, date: given.timestamp.slice(0, 8) }).signing_key;
  return { ...stages, ...toHex(macChain(key, { signature: stages.string_to_sign })) };
}

function sign(given) {
  const headers = checkedHeaders(given);
  const hashHeader = given.content_sha256_header ? payloadHash(given, headers) : '';
  const added = [[DATE, given.timestamp], [TOKEN, given.session_token], [HASH, hashHeader]];
  for (const [name, value] of joinHeaders(added.filter(([, value]) => value))) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const stages = signatureStages(given, headers, canonicalQuery(parseQuery(given.query)));
  const fields = {
    Credential: credential(given), SignedHeaders: signedHeaders(given, headers), Signature: stages.signature,
  };
  const text = Object.entries(fields).map(field => field.join('=')).join(', ');
  return { ...stages, authorization: `${ALGORITHM} ${text}` };
}

function presign(given) {
  const headers = checkedHeaders(given);
  const pairs = parseQuery(given.query);
  check(given.expires_s >= 1 && given.expires_s <= WEEK_S, 'a URL lives from one second to a week');
  check(!headers.has(DATE), 'a URL has its date in the query');
  check(!given.session_token || !headers.has(TOKEN), 'a URL has its token in the query');
  check(!pairs.some(([name]) => OWN_PARAMETER.test(name)), 'it is presigned already');
  const unsigned = [];
  const token = ['X-Amz-Security-Token', given.session_token];
  if (given.session_token) (given.sign_session_token ? pairs : unsigned).push(token);
  const query = canonicalQuery([
    ...pairs, ['X-Amz-Algorithm', ALGORITHM], ['X-Amz-Credential', credential(given)],
    ['X-Amz-Date', given.timestamp], ['X-Amz-Expires', String(given.expires_s)],
    ['X-Amz-SignedHeaders', signedHeaders(given, headers)],
  ]);
  const stages = signatureStages(given, headers, query);
  const end = canonicalQuery([['X-Amz-Signature', stages.signature], ...unsigned]);
  const path = (given.path || '/').replace(/[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]/g, escape);
  return { ...stages, url: `https://${headers.get('host')}${path}?${query}&${end}` };
}

const OPERATIONS = {
  'ses-smtp-password': sesSmtpPassword, 'sigv4-signing-key': given => toHex(signingKeys(given)),
  'sigv4-sign': sign, 'sigv4-presign': presign,
};
const PORT = {
  name: 'node', version: process.versions.node, language: 'JavaScript',
  crypto: `node:crypto (OpenSSL ${process.versions.openssl})`,
};

function fromJson(value) {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('latin1');
  return typeof value === 'object' ? Buffer.from(value.base64, 'base64').toString('latin1') : value;
}

function toJson(text) {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8'); // in silence with U+FFFD for what is no UTF-8
  return Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : { base64: bytes.toString('base64') };
}

function answer({ id, op, input }) {
  const given = { ...DEFAULTS, ...mapValues(input, fromJson) };
  try {
    for (const [name, form] of Object.entries(FORMS)) {
      check(!(name in given) || form.test(given[name]), `the ${name} is empty or malformed`);
    }
    return { type: 'answer', id, output: mapValues(OPERATIONS[op](given), toJson) };
  } catch (error) {
    if (error instanceof Refused) return { type: 'answer', id, refused: error.message };
    throw error;
  }
}

function reply(line) {
  const message = JSON.parse(line);
  const ready = { type: 'ready', protocol: 1, port: PORT, ops: Object.keys(OPERATIONS), max_in_flight: 32 };
  process.stdout.write(JSON.stringify(message.type === 'hello' ? ready : answer(message)) + '\n');
}

// Not node:readline, which breaks lines at U+2028 as well.
let unfinished = '';
process.stdin.setEncoding('utf8').on('data', chunk => {
  const lines = (unfinished + chunk).split('\n');
  unfinished = lines.pop();
  lines.forEach(reply);
});
