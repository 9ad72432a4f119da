// The mistake: the last HMAC has its arguments swapped. CryptoJS takes the message first and then the
// key, Python's hmac the key first. A port from one to the other kept a sign(key, message) that hands
// on its arguments as they come; its key ladder calls it with message and key, so that two mistakes
// cancel out and every key is right. Only the signature is asked for as it was in Python.
//
// Right: hmacSha256(stringToSign, signingKey).
"use strict";
const { createHash, createHmac } = require("node:crypto");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
// As CryptoJS has it.
const hmacSha256 = (message, key) => createHmac("sha256", key).update(message).digest();
const sign = (key, message) => hmacSha256(key, message);

function signingKey(secret, date, region, service) {
  const dateKey = sign(date, "AWS4" + secret);
  const regionKey = sign(region, dateKey);
  const serviceKey = sign(service, regionKey);
  return sign("aws4_request", serviceKey);
}

const plainPath = /^\/(?:[\w~-][\w.~-]*(?:\/|$))*$/;
const plainQuery = /^$|^[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*$/;
const own = new Set(["authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]);

function isTime(timestamp) {
  const iso = timestamp.replace(/^([1-9]\d{3})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6.000Z");
  return !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString() === iso && iso !== timestamp;
}

// Only what needs no encoding and no rules but those of the example.
function isPlain(r) {
  return /^\w+$/.test(r.access_key_id) && typeof r.secret === "string" && r.secret !== "" &&
    /^[\w-]+$/.test(r.region) && /^[\w-]+$/.test(r.service) && isTime(r.timestamp) &&
    /^[A-Z]+$/.test(r.method) && plainPath.test(r.path) && plainQuery.test(r.query ?? "") &&
    typeof (r.body ?? "") === "string" && r.session_token === undefined &&
    r.payload_hash === undefined && !r.content_sha256_header &&
    r.headers.every(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value) &&
      !own.has(name.toLowerCase())) &&
    r.headers.filter(([name]) => name.toLowerCase() === "host").length === 1;
}

function canonicalHeaders(given) {
  const headers = new Map();
  for (const [name, value] of given) {
    const values = headers.get(name.toLowerCase()) ?? [];
    headers.set(name.toLowerCase(), [...values, value.trim().replace(/ +/g, " ")]);
  }
  return [...headers].sort(([a], [b]) => (a < b ? -1 : 1));
}

const byNameAndValue = ([n1, v1], [n2, v2]) => (n1 === n2 ? (v1 < v2 ? -1 : 1) : n1 < n2 ? -1 : 1);

function signRequest(r) {
  const headers = canonicalHeaders([...r.headers, ["x-amz-date", r.timestamp]]);
  const signedHeaders = headers.map(([name]) => name).join(";");
  const pairs = (r.query ?? "").split("&").map((pair) => pair.split("="));
  const canonicalRequest = [
    r.method,
    r.path,
    pairs.sort(byNameAndValue).map((pair) => pair.join("=")).join("&"),
    ...headers.map(([name, values]) => `${name}:${values.join(",")}`),
    "",
    signedHeaders,
    sha256(r.body ?? ""),
  ].join("\n");
  const date = r.timestamp.slice(0, 8);
  const scope = `${date}/${r.region}/${r.service}/aws4_request`;
  const stringToSign = ["AWS4-HMAC-SHA256", r.timestamp, scope, sha256(canonicalRequest)].join("\n");
  const signature = sign(signingKey(r.secret, date, r.region, r.service), stringToSign).toString("hex");
  return {
    canonical_request: canonicalRequest,
    string_to_sign: stringToSign,
    signature,
    authorization: `AWS4-HMAC-SHA256 Credential=${r.access_key_id}/${scope}, ` +
      `SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

function reply(message) {
  if (message.type === "hello") {
    return { type: "ready", protocol: 1, port: { name: "swapped-last-hmac" }, ops: ["sigv4-sign"], max_in_flight: 32 };
  }
  const result = isPlain(message.input) ?
    { output: signRequest(message.input) } :
    { unsupported: "a request like this one" };
  return { type: "answer", id: message.id, ...result };
}

// Not module readline: for that U+2028 ends a line too.
let rest = "";
process.stdin.setEncoding("utf8").on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) process.stdout.write(JSON.stringify(reply(JSON.parse(line))) + "\n");
});
