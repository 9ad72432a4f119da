// Answers cross-check's questions (protocol.py) with the signer aws4.
'use strict';

module.paths.push('/usr/share/nodejs', '/usr/local/lib/node_modules', '/usr/lib/node_modules');
const aws4 = require('aws4');

class Unsupported extends Error {}

function text(hex) {
  const bytes = Buffer.from(hex, 'hex');
  if (!Buffer.from(bytes.toString()).equals(bytes)) {
    throw new Unsupported('bytes that are no UTF-8');
  }
  return bytes.toString();
}

function value(name, field) {
  if (!['headers', 'trailers'].includes(name)) {
    return name === 'body' ? Buffer.from(field, 'hex') : text(field);
  }
  return field ? field.split(',').map(pair => pair.split(':').map(text)) : [];
}

// A repeated header is an array, as for Node's own http.request.
function headersOf(pairs) {
  const headers = {}, names = {};
  for (const [name, value] of pairs) {
    const known = names[name.toLowerCase()] ??= name;
    headers[known] = known in headers ? [].concat(headers[known], value) : value;
  }
  return [headers, names];
}

function isNormal(path) {
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  return path === '/' || !segments.some(segment => ['', '.', '..'].includes(segment));
}

// What aws4 does with a path and an unsigned payload hangs on the service's name alone.
function checkSettings(given) {
  const s3 = given.service === 's3';
  if (s3 !== (given.uri_encode === 'single')) {
    throw new Unsupported('encodes a path once for S3, and for nothing else');
  }
  if (s3 !== (given.normalize === 'false') && !isNormal(given.path || '/')) {
    throw new Unsupported('normalises every path but those of S3');
  }
  return s3;
}

function signer(given, parameters) {
  const [headers, names] = headersOf(given.headers);
  const query = [given.query, ...parameters].filter(Boolean).join('&');
  const request = {
    method: given.method, service: given.service, region: given.region, headers,
    path: (given.path || '/') + (query && '?' + query),
    body: given.body.length ? given.body : undefined,
  };
  const credentials = {accessKeyId: given.access_key_id, secretAccessKey: given.secret};
  if (given.sign_session_token === 'true' && given.session_token) {
    credentials.sessionToken = given.session_token;  // an unsigned one is added by the caller
  }
  return [request, names, credentials];
}

function stages(s) {
  return {
    canonical_request: s.canonicalString(),
    string_to_sign: s.stringToSign(),
    signature: s.signature(),
  };
}

function sign(given) {
  const s3 = checkSettings(given);
  const [request, names, credentials] = signer(given, []);
  if (!names['x-amz-date']) {
    request.headers['X-Amz-Date'] = given.timestamp;
  }
  if (!names['x-amz-content-sha256']) {
    if (given.content_sha256_header === 'true' && (given.payload_hash || given.service !== 's3')) {
      request.headers['X-Amz-Content-Sha256'] = given.payload_hash || hash(given.body);
    } else if (given.payload_hash) {
      throw new Unsupported('takes a payload hash from X-Amz-Content-Sha256 alone');
    }
  }
  const s = new aws4.RequestSigner(request, credentials);
  if (given.body.length) {
    // Else aws4 adds Content-Type and Content-Length, and takes the time from X-Amz-Date.
    request.doNotModifyHeaders = true;
    s.datetime = given.timestamp;
    if (credentials.sessionToken && !names['x-amz-security-token']) {
      request.headers['X-Amz-Security-Token'] = credentials.sessionToken;
    }
    if (s3 && !names['x-amz-content-sha256']) {
      request.headers['X-Amz-Content-Sha256'] ??= hash(given.body);
    }
  }
  return {...stages(s), authorization: s.sign().headers.Authorization};
}

function hash(bytes) {
  return require('crypto').createHash('sha256').update(bytes).digest('hex');
}

function presign(given) {
  const s3 = checkSettings(given);
  if (given.payload_hash && !(s3 && given.payload_hash === 'UNSIGNED-PAYLOAD')) {
    throw new Unsupported('UNSIGNED-PAYLOAD for S3, and for nothing else');
  }
  if (s3 && !given.payload_hash) {
    throw new Unsupported('always UNSIGNED-PAYLOAD for S3');
  }
  const parameters = ['X-Amz-Date=' + given.timestamp, 'X-Amz-Expires=' + given.expires_s];
  const [request, names, credentials] = signer(given, parameters);
  request.signQuery = true;
  const s = new aws4.RequestSigner(request, credentials);
  // The stages first: sign() adds the signature to the query that they are made of.
  const found = stages(s);
  if (given.sign_session_token === 'true') {  // else the token is missing in it
    found.url = 'https://' + request.headers[names.host] + s.sign().path;
  }
  return found;
}

const ANSWER = {'sigv4-sign': sign, 'sigv4-presign': presign};

function answer(line) {
  const [operation, ...fields] = line.split('\t');
  try {
    if (!ANSWER[operation]) {
      throw new Unsupported('not in aws4');
    }
    const given = {};
    for (const field of fields) {
      const at = field.indexOf('=');
      given[field.slice(0, at)] = value(field.slice(0, at), field.slice(at + 1));
    }
    return Object.entries(ANSWER[operation](given))
      .map(([name, stage]) => `${name}=${Buffer.from(stage).toString('hex')}`).join('\t');
  } catch (error) {
    if (!(error instanceof Unsupported)) {
      console.error(`${operation}: ${error}`);  // Node would end with its version
      process.exit(1);
    }
    return `unsupported ${error.message}`;
  }
}

console.log(`node-aws4 ${require('aws4/package.json').version}`);
const lines = require('fs').readFileSync(0, 'latin1').split('\n').slice(0, -1);
process.stdout.write(lines.map(line => answer(line) + '\n').join(''));
