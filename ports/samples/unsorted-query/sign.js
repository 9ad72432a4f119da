// The mistake: the parameters of the query are signed in the order in which they stand in the URL. The
// server sorts them, by name and then by value, before it compares; a request whose parameters happen
// to be in order passes, which is why nobody noticed.
//
// Right: query.split("&").map((pair) => pair.split("=")).sort(byNameAndValue), and not a sort of whole
// pairs, which puts a-b=1 before a=1.
"use strict";
const { createHash, createHmac } = require("node:crypto");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const sign = (key, message) => createHmac("sha256", key).update(message).digest();

function signingKey(secret, date, region, service) {
  return [date, region, service, "aws4_request"].reduce(sign, "AWS4" + secret);
}

const plainPath = /^\/(?:[\w~-][\w.~-]*(?:\/|$))*$/;
const plainQuery = /^$|^[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*$/;
const own = new Set(["authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]);

function isTime(timestamp) {
  const iso = timestamp.replace(/^([1-9]\d{3})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6.000Z");
  return !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString() === iso && iso !== timestamp;
}

// Only what needs no encoding and no other rules.
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

function signRequest(r) {
  const headers = canonicalHeaders([...r.headers, ["x-amz-date", r.timestamp]]);
  const signedHeaders = headers.map(([name]) => name).join(";");
  const canonicalRequest = [
    r.method,
    r.path,
    r.query ?? "",
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
    return { type: "ready", protocol: 1, port: { name: "unsorted-query" }, ops: ["sigv4-sign"], max_in_flight: 32 };
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
