// The mistake: a digest made a string with digest("utf8"), which has U+FFFD for every byte that is no
// UTF-8, most of those above 0x7F; and then bytes again with charCodeAt(), of which Buffer keeps the
// lowest eight bits, 0xFD. Each key of the ladder loses about half of its bytes.
//
// Right: digest() without an encoding, which is a Buffer, and takes one as a key.
"use strict";
const { createHmac } = require("node:crypto");

const toBytes = (characters) => Buffer.from(characters.map((c) => c.charCodeAt(0)));

// Takes and gives a list of characters.
function sign(key, message) {
  return createHmac("sha256", toBytes(key)).update(message).digest("utf8").split("");
}

function answer({ version, secret, region }) {
  if (version !== 4) return { unsupported: "version 2" };
  if (typeof secret !== "string") return { unsupported: "a secret that is not UTF-8" };
  if (secret === "") return { refused: "the secret is empty" };
  if (region === "") return { refused: "the region is empty" };
  const output = {};
  let key = Buffer.from("AWS4" + secret).toString("latin1").split("");
  for (const [stage, message] of [
    ["date_key", "11111111"],
    ["region_key", region],
    ["service_key", "ses"],
    ["terminal_key", "aws4_request"],
    ["message_key", "SendRawEmail"],
  ]) {
    key = sign(key, message);
    output[stage] = toBytes(key).toString("hex");
  }
  output.password = toBytes(["\x04", ...key]).toString("base64");
  return { output };
}

function reply(message) {
  if (message.type === "hello") {
    return {
      type: "ready",
      protocol: 1,
      port: { name: "node-utf8-digests" },
      ops: ["ses-smtp-password"],
      max_in_flight: 32,
    };
  }
  return { type: "answer", id: message.id, ...answer(message.input) };
}

// Not module readline: for that U+2028 ends a line too.
let rest = "";
process.stdin.setEncoding("utf8").on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) process.stdout.write(JSON.stringify(reply(JSON.parse(line))) + "\n");
});
