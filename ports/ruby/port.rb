# frozen_string_literal: true

# SES SMTP passwords and signing keys of Signature Version 4 with Ruby's standard library.
#
# A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
# sigv4.rb. A secret may be any bytes: String#b has the encoding BINARY, and joining such strings
# with others never raises an encoding error.
# Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed
# AWS API request" (AWS IAM User Guide).

require "json"
require "openssl"
require_relative "sigv4"

NOT_EMPTY = /./m
FORMS = { # \A and \z, since ^ and $ match at each line
  secret: NOT_EMPTY, region: NOT_EMPTY, service: NOT_EMPTY, date: /\A[0-9]{8}\z/
}.freeze

class Unsupported < StandardError; end

# The MAC of each message; it is the key of the next one.
def mac_chain(key, messages)
  messages.transform_values { |message| key = OpenSSL::HMAC.digest("SHA256", key, message) }
end

def to_hex(macs)
  macs.transform_values { |mac| mac.unpack1("H*") }
end

def ses_smtp_macs(given)
  return mac_chain(given[:secret], mac: "SendRawEmail") if given[:version] == 2
  raise Unsupported, "version #{given[:version]}" unless given[:version] == 4

  mac_chain(
    "AWS4".b + given[:secret],
    date_key: "11111111", # a constant of the scheme, not a day
    region_key: given[:region],
    service_key: "ses",
    terminal_key: "aws4_request",
    message_key: "SendRawEmail"
  )
end

def ses_smtp_password(given)
  macs = ses_smtp_macs(given)
  # The version goes in front as a byte, not as a digit. "m0" is base64 without line breaks.
  { **to_hex(macs), password: [given[:version].chr + macs.values.last].pack("m0") }
end

def signing_keys(given, date)
  mac_chain(
    "AWS4".b + given[:secret],
    date_key: date,
    region_key: given[:region],
    service_key: given[:service],
    signing_key: "aws4_request"
  )
end

def request_key(given)
  signing_keys(given, given[:timestamp][0, 8])[:signing_key]
end

OPERATIONS = {
  "ses-smtp-password" => method(:ses_smtp_password),
  "sigv4-signing-key" => ->(given) { to_hex(signing_keys(given, given[:date])) },
  "sigv4-sign" => ->(given) { Sigv4.sign(given, request_key(given)) },
  "sigv4-presign" => ->(given) { Sigv4.presign(given, request_key(given)) }
}.freeze
PORT = {
  name: "ruby", version: RUBY_VERSION, language: "Ruby", crypto: OpenSSL::OPENSSL_LIBRARY_VERSION
}.freeze

def from_json(value)
  case value
  when String then value.b
  when Array then value.map { |item| from_json(item) }
  when Hash then value.fetch(:base64).unpack1("m0")
  else value
  end
end

def to_json_member(bytes)
  text = bytes.dup.force_encoding(Encoding::UTF_8)
  text.valid_encoding? ? text : { base64: [bytes].pack("m0") }
end

def compute(name, input)
  operation = OPERATIONS.fetch(name) { raise Unsupported, "operation #{name}" }
  given = input.transform_values { |value| from_json(value) }
  Sigv4.check_forms(given, FORMS)
  operation.call(given).transform_values { |bytes| to_json_member(bytes) }
end

def answer(message)
  { type: "answer", id: message[:id], output: compute(message[:op], message[:input]) }
rescue Sigv4::Refused => e
  { type: "answer", id: message[:id], refused: e.message }
rescue Unsupported => e
  { type: "answer", id: message[:id], unsupported: e.message }
end

def ready
  { type: "ready", protocol: 1, port: PORT, ops: OPERATIONS.keys, max_in_flight: 32 }
end

$stdout.sync = true
$stdin.each_line do |line|
  message = JSON.parse(line, symbolize_names: true)
  puts JSON.generate(message[:type] == "hello" ? ready : answer(message))
end
