// Signature Version 4 of a request: its Authorization header, or a presigned URL.
//
// Every text is a string whose characters are its bytes ("latin1"); the time is always an input.
// Sources: "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests"
// (Amazon S3 API Reference).
'use strict';
const { createHash, createHmac } = require('node:crypto');
const { posix } = require('node:path');

const ALGORITHM = 'AWS4-HMAC-SHA256';
const [DATE, TOKEN, HASH] = ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];
const HTTP_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/; // RFC 9110 section 5.6.2
const BROKEN_LINE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|\n(?![ \t])/; // but it may be folded
const CONTROL = /[\x00-\x1f\x7f]/;
const OWN_PARAMETER =
  /^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$/i;
const FORMS = {
  timestamp: /^(?!0000)[0-9]{8}T([01][0-9]|2[0-3])([0-5][0-9]){2}Z$/,
  method: HTTP_TOKEN,
  path: /^(?!.*%(?![0-9A-Fa-f]{2}))(\/|$)/s, // no percent sign without two digits
  query: /^(?!.*%(?![0-9A-Fa-f]{2}))/s,
  host: /^[^,]+$/, // there is one, and not two joined
  credential: /^([^\x00-\x20\x7f/,]+\/){4}aws4_request$/, // no field is empty or ends early
};

class Refused extends Error {}

function check(holds, reason) {
  if (!holds) throw new Refused(reason);
}

function checkForms(given, forms) {
  for (const [name, form] of Object.entries(forms)) {
    check(!(name in given) || form.test(given[name]), `the ${name} is missing or malformed`);
  }
}

const sha256Hex = (text) => createHash('sha256').update(text, 'latin1').digest('hex');
const escape = (char) => '%' + Buffer.from(char, 'latin1').toString('hex').toUpperCase();
const encode = (text) => text.replace(/[^A-Za-z0-9\-._~]/g, escape); // not encodeURIComponent

function decode(text) {
  return text.replace(/%(..)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));
}

function canonicalPath({ path, normalize, uri_encode }) {
  const segments = (normalize ? posix.normalize(path) : path).split('/');
  // S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
  return segments.map((text) => encode(uri_encode === 'single' ? decode(text) : text)).join('/');
}

// Not URLSearchParams, to which a plus is a blank.
function parseQuery(query) {
  const pairs = query.split('&').filter(Boolean).map((pair) => /^([^=]*)=?(.*)$/s.exec(pair));
  return pairs.map(([, name, value]) => [decode(name), decode(value)]);
}

// Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`.
function canonicalQuery(pairs) {
  const encoded = pairs.map((pair) => pair.map(encode));
  const compare = (a, b) => (a < b ? -1 : Number(a > b)); // localeCompare knows no bytes
  encoded.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  return encoded.map((pair) => pair.join('=')).join('&');
}

// Trimmed values by name, those of a repeated name in the order given. A Map, since an object moves
// names such as 1 to its front.
function joinHeaders(pairs) {
  const joined = new Map();
  for (const [name, value] of pairs) {
    check(HTTP_TOKEN.test(name), "a header's name is no token");
    check(!BROKEN_LINE.test(value), 'a header has a control character');
    const trimmed = value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, ''); // \s matches A0 too
    const key = name.toLowerCase();
    joined.set(key, joined.has(key) ? `${joined.get(key)},${trimmed}` : trimmed);
  }
  return joined;
}

// Date takes 30 February for 1 March, so it has to give the same back.
function isDay(text) {
  const iso = text.replace(/^(....)(..)(..)$/, '$1-$2-$3');
  const date = new Date(iso);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(iso);
}

// The input with its headers joined, those that the signer sets, and its credential.
function checked(given) {
  const headers = joinHeaders(given.headers);
  const date = given.timestamp.slice(0, 8);
  const scope = [date, given.region, given.service, 'aws4_request'].join('/');
  const payloadHash = given.payload_hash ?? headers.get(HASH) ?? sha256Hex(given.body);
  const own = [[DATE, given.timestamp], [TOKEN, given.session_token], [HASH, payloadHash]];
  const request = {
    ...given,
    path: given.path || '/',
    headers,
    host: headers.get('host') ?? '',
    own: new Map(own.filter(([, value]) => value !== undefined)),
    scope,
    credential: `${given.access_key_id}/${scope}`,
  };
  checkForms(request, FORMS);
  check(isDay(date), 'the timestamp has no such day');
  check(!headers.has('authorization'), 'there is an Authorization header already');
  for (const [name, value] of request.own) {
    check(!CONTROL.test(value), `the ${name} has a control character`);
    check((headers.get(name) ?? value) === value, `the header ${name} says something else`);
  }
  return request;
}

function signedNames(request, headers) {
  const names = [...headers.keys()].filter((name) => name !== TOKEN || request.sign_session_token);
  return names.sort().join(';');
}

function signatureStages(request, key, headers, query) {
  const names = signedNames(request, headers);
  const lines = names.split(';').map((name) => `${name}:${headers.get(name)}\n`).join('');
  const path = canonicalPath(request);
  const canonical = [request.method, path, query, lines, names, request.own.get(HASH)].join('\n');
  const text = [ALGORITHM, request.timestamp, request.scope, sha256Hex(canonical)].join('\n');
  const signature = createHmac('sha256', key).update(text, 'latin1').digest('hex');
  return { canonical_request: canonical, string_to_sign: text, signature };
}

function sign(given, key) {
  const request = checked(given);
  const headers = new Map([...request.own, ...request.headers]);
  if (!given.content_sha256_header && !request.headers.has(HASH)) headers.delete(HASH);
  const stages = signatureStages(request, key, headers, canonicalQuery(parseQuery(given.query)));
  const fields = [
    `Credential=${request.credential}`,
    `SignedHeaders=${signedNames(request, headers)}`,
    `Signature=${stages.signature}`,
  ];
  return { ...stages, authorization: `${ALGORITHM} ${fields.join(', ')}` };
}

function presign(given, key) {
  const request = checked(given);
  const { headers, own } = request;
  const pairs = parseQuery(given.query);
  const unsigned = [];
  check(given.expires_s >= 1 && given.expires_s <= 604800, 'a URL lives from one second to a week');
  const isTwice = [DATE, TOKEN].some((name) => own.has(name) && headers.has(name));
  check(!isTwice, 'a URL has its date and token in the query');
  check(!pairs.some(([name]) => OWN_PARAMETER.test(name)), 'it is presigned already');
  pairs.push(
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', request.credential],
    ['X-Amz-Date', given.timestamp],
    ['X-Amz-Expires', String(given.expires_s)],
    ['X-Amz-SignedHeaders', signedNames(request, headers)],
  );
  if (own.has(TOKEN)) {
    const signedOrNot = given.sign_session_token ? pairs : unsigned;
    signedOrNot.push(['X-Amz-Security-Token', own.get(TOKEN)]);
  }
  const query = canonicalQuery(pairs);
  const stages = signatureStages(request, key, headers, query);
  unsigned.push(['X-Amz-Signature', stages.signature]);
  const path = request.path.replace(/[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]/g, escape);
  return { ...stages, url: `https://${request.host}${path}?${query}&${canonicalQuery(unsigned)}` };
}

module.exports = { Refused, checkForms, presign, sign };
