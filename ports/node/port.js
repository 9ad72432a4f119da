// SES SMTP passwords and signing keys of Signature Version 4 with node:crypto.
//
// A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
// sigv4.js. Node takes and gives strings as UTF-8 unless told otherwise, and JavaScript sorts and
// matches UTF-16. So each text here is a string whose characters are its bytes ("latin1"), and each
// key is a Buffer.
// Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed
// AWS API request" (AWS IAM User Guide).
'use strict';
const { createHmac } = require('node:crypto');
const { Refused, checkForms, presign, sign } = require('./sigv4.js');

const NOT_EMPTY = /./s;
const FORMS = { secret: NOT_EMPTY, region: NOT_EMPTY, service: NOT_EMPTY, date: /^[0-9]{8}$/ };

class Unsupported extends Error {}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

// The MAC of each message; it is the key of the next one. digest() without an encoding is a Buffer.
function macChain(secret, messages) {
  let key = Buffer.from(secret, 'latin1');
  return mapValues(messages, (text) => {
    key = createHmac('sha256', key).update(text, 'latin1').digest();
    return key;
  });
}

const toHex = (macs) => mapValues(macs, (mac) => mac.toString('hex'));

function sesSmtpMacs({ version, secret, region }) {
  if (version === 2) return macChain(secret, { mac: 'SendRawEmail' });
  if (version !== 4) throw new Unsupported(`version ${version}`);
  return macChain(`AWS4${secret}`, {
    date_key: '11111111', // a constant of the scheme, not a day
    region_key: region,
    service_key: 'ses',
    terminal_key: 'aws4_request',
    message_key: 'SendRawEmail',
  });
}

function sesSmtpPassword(given) {
  const macs = sesSmtpMacs(given);
  // The version goes in front as a byte, not as a digit.
  const raw = Buffer.concat([Buffer.of(given.version), Object.values(macs).at(-1)]);
  return { ...toHex(macs), password: raw.toString('base64') };
}

function signingKeys({ secret, region, service }, date) {
  return macChain(`AWS4${secret}`, {
    date_key: date,
    region_key: region,
    service_key: service,
    signing_key: 'aws4_request',
  });
}

const requestKey = (given) => signingKeys(given, given.timestamp.slice(0, 8)).signing_key;

const OPERATIONS = {
  'ses-smtp-password': sesSmtpPassword,
  'sigv4-signing-key': (given) => toHex(signingKeys(given, given.date)),
  'sigv4-sign': (given) => sign(given, requestKey(given)),
  'sigv4-presign': (given) => presign(given, requestKey(given)),
};
const PORT = {
  name: 'node',
  version: process.versions.node,
  language: 'JavaScript',
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
  const isUtf8 = Buffer.from(decoded, 'utf8').equals(bytes);
  return isUtf8 ? decoded : { base64: bytes.toString('base64') };
}

function compute(op, input) {
  if (!Object.hasOwn(OPERATIONS, op)) throw new Unsupported(`operation ${op}`);
  const given = mapValues(input, fromJson);
  checkForms(given, FORMS);
  return mapValues(OPERATIONS[op](given), toJson);
}

function answer({ id, op, input }) {
  try {
    return { type: 'answer', id, output: compute(op, input) };
  } catch (error) {
    if (error instanceof Refused) return { type: 'answer', id, refused: error.message };
    if (error instanceof Unsupported) return { type: 'answer', id, unsupported: error.message };
    throw error;
  }
}

function reply(line) {
  const message = JSON.parse(line);
  const ops = Object.keys(OPERATIONS);
  const ready = { type: 'ready', protocol: 1, port: PORT, ops, max_in_flight: 32 };
  process.stdout.write(JSON.stringify(message.type === 'hello' ? ready : answer(message)) + '\n');
}

// Not node:readline, which breaks lines at U+2028 as well.
let unfinished = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (unfinished + chunk).split('\n');
  unfinished = lines.pop();
  lines.forEach(reply);
});
