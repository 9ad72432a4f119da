# frozen_string_literal: true

# SES SMTP passwords and Signature Version 4 with Ruby's standard library, as a port of sigvet.
#
# All that is signed is a string in the encoding BINARY (String#b): such strings are sorted, matched
# and lower-cased by their bytes, and joining them with another never raises an encoding error.
# Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed AWS
# API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API Reference).

require "date"
require "erb"
require "json"
require "openssl"

ALGORITHM = "AWS4-HMAC-SHA256"
TERMINAL = "aws4_request"
WEEK_S = 604_800
DATE, TOKEN, HASH = %w[x-amz-date x-amz-security-token x-amz-content-sha256]
DEFAULTS = {
  query: "", body: "", headers: [], session_token: "", payload_hash: "", uri_encode: "double",
  normalize: true, sign_session_token: true, content_sha256_header: false
}.freeze
ESCAPED = /([^%]|%\h\h)*/
HTTP_TOKEN = /\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z/ # RFC 9110 section 5.6.2
CREDENTIAL = %r{\A([^\x00-\x20\x7f/,]+/){4}aws4_request\z} # five fields, none of which ends early
OWN_PARAMETER = /\Ax-amz-(algorithm|credential|date|expires|security-token|sign(ature|edheaders))\z/i
FORMS = { # \A and \z, since ^ and $ match at each line
  secret: /./m, region: /./m, service: /./m, date: /\A[0-9]{8}\z/,
  timestamp: /\A[0-9]{8}T[0-9]{6}Z\z/, method: HTTP_TOKEN, path: %r{\A(/#{ESCAPED})?\z},
  query: /\A#{ESCAPED}\z/, session_token: /\A[^\x00-\x1f\x7f]*\z/, payload_hash: /\A[^\x00-\x20\x7f]*\z/
}.freeze

class Refused < StandardError; end

def check(holds, reason)
  raise Refused, reason unless holds
end

# The MAC of each message; it is the key of the next one.
def mac_chain(key, messages)
  messages.transform_values { |message| key = OpenSSL::HMAC.digest("SHA256", key, message) }
end

def to_hex(macs)
  macs.transform_values { |mac| mac.unpack1("H*") }
end

def ses_smtp_password(given)
  macs =
    if given[:version] == 2
      mac_chain(given[:secret], mac: "SendRawEmail")
    else # the date is a constant of the scheme, not a day
      mac_chain("AWS4".b + given[:secret], date_key: "11111111", region_key: given[:region],
                service_key: "ses", terminal_key: TERMINAL, message_key: "SendRawEmail")
    end
  # The version goes in front as a byte, not as a digit. "m0" is base64 without line breaks.
  { **to_hex(macs), password: [given[:version].chr + macs.values.last].pack("m0") }
end

def signing_keys(given)
  mac_chain("AWS4".b + given[:secret], date_key: given[:date], region_key: given[:region],
            service_key: given[:service], signing_key: TERMINAL)
end

# Leaves bare what RFC 3986 calls unreserved; CGI.escape would make a plus of a blank.
def encode(text)
  ERB::Util.url_encode(text)
end

def decode(text)
  text.gsub(/%(\h\h)/) { $1.hex.chr }
end

def canonical_path(given)
  path = given[:path].empty? ? "/" : given[:path]
  path = resolve_dots(path) if given[:normalize]
  segments = path.split("/", -1) # -1 keeps what is empty at the end
  # S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
  segments.map! { |segment| decode(segment) } if given[:uri_encode] == "single"
  segments.map { |segment| encode(segment) }.join("/")
end

def resolve_dots(path)
  kept = []
  path.split("/").each do |segment|
    next if ["", "."].include?(segment)

    segment == ".." ? kept.pop : kept.push(segment)
  end
  "/#{kept.join("/")}#{"/" if kept.any? && path.end_with?("/")}"
end

# Not URI.decode_www_form, to which a plus is a blank.
def parse_query(query)
  pairs = query.split("&").reject(&:empty?)
  pairs.map { |pair| pair.partition("=").values_at(0, 2).map { |part| decode(part) } }
end

# Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`.
def canonical_query(pairs)
  pairs.map { |pair| pair.map { |part| encode(part) } }.sort.map { |pair| pair.join("=") }.join("&")
end

# Trimmed values by name; those of a repeated name in the order given, not sorted.
def join_headers(pairs)
  joined = Hash.new { |hash, name| hash[name] = [] }
  pairs.each do |name, value|
    check(HTTP_TOKEN.match?(name), "a header's name is no token")
    unfolded = value.gsub(/\r?\n(?=[ \t])/, "").tr_s(" \t", " ")
    check(!/[\x00-\x1f\x7f]/.match?(unfolded), "a header has a line break or a control character")
    joined[name.downcase] << unfolded.strip
  end
  joined.to_h { |name, values| [name, values.join(",")] }
end

def time?(timestamp)
  year, month, day, hour, minute, second = timestamp.unpack("a4a2a2xa2a2a2").map(&:to_i)
  Date.valid_date?(year, month, day, Date::GREGORIAN) && year.positive? && hour < 24 &&
    minute < 60 && second < 60
end

def scope(given)
  [given[:timestamp][0, 8], given[:region], given[:service], TERMINAL].join("/")
end

def credential(given)
  "#{given[:access_key_id]}/#{scope(given)}"
end

def checked_headers(given)
  check(time?(given[:timestamp]), "the timestamp is no time")
  check(CREDENTIAL.match?(credential(given)), "a field of the credential is empty or malformed")
  headers = join_headers(given[:headers])
  check(/\A[^,]+\z/.match?(headers["host"]), "there is not one Host header")
  check(!headers.key?("authorization"), "there is an Authorization header already")
  { DATE => :timestamp, TOKEN => :session_token, HASH => :payload_hash }.each do |header, name|
    agrees = given[name].empty? || headers.fetch(header, given[name]) == given[name]
    check(agrees, "the header #{header} says something else")
  end
  headers
end

def payload_hash(given, headers)
  return given[:payload_hash] unless given[:payload_hash].empty?

  headers.fetch(HASH) { OpenSSL::Digest::SHA256.hexdigest(given[:body]) }
end

def signed_headers(given, headers)
  headers.reject { |name, _| name == TOKEN && !given[:sign_session_token] }.sort.to_h
end

def signature_stages(given, headers, query)
  lines = headers.map { |name, value| "#{name}:#{value}\n" }.join
  request = [given[:method], canonical_path(given), query, lines, headers.keys.join(";"),
             payload_hash(given, headers)].join("\n")
  digest = OpenSSL::Digest::SHA256.hexdigest(request)
  text = [ALGORITHM, given[:timestamp], scope(given), digest].join("\n")
  key = signing_keys({ **given, date: given[:timestamp][0, 8] })[:signing_key]
  { canonical_request: request, string_to_sign: text, **to_hex(mac_chain(key, signature: text)) }
end

def sign(given)
  headers = checked_headers(given)
  hash = given[:content_sha256_header] ? payload_hash(given, headers) : ""
  added = { DATE => given[:timestamp], TOKEN => given[:session_token], HASH => hash }
  added = join_headers(added.reject { |_, value| value.empty? })
  headers = signed_headers(given, added.merge(headers))
  stages = signature_stages(given, headers, canonical_query(parse_query(given[:query])))
  { **stages, authorization: "#{ALGORITHM} Credential=#{credential(given)}, " \
                             "SignedHeaders=#{headers.keys.join(";")}, Signature=#{stages[:signature]}" }
end

def presign(given)
  headers = checked_headers(given)
  pairs = parse_query(given[:query])
  token = given[:session_token].empty? ? [] : [["X-Amz-Security-Token", given[:session_token]]]
  check(given[:expires_s].between?(1, WEEK_S), "a URL lives from one second to a week")
  check(!headers.key?(DATE), "a URL has its date in the query")
  check(token.empty? || !headers.key?(TOKEN), "a URL has its token in the query")
  check(pairs.none? { |name, _| OWN_PARAMETER.match?(name) }, "it is presigned already")
  headers = signed_headers(given, headers)
  pairs += [["X-Amz-Algorithm", ALGORITHM], ["X-Amz-Credential", credential(given)],
            ["X-Amz-Date", given[:timestamp]], ["X-Amz-Expires", given[:expires_s].to_s],
            ["X-Amz-SignedHeaders", headers.keys.join(";")]]
  query = canonical_query(given[:sign_session_token] ? pairs + token : pairs)
  stages = signature_stages(given, headers, query)
  unsigned = [["X-Amz-Signature", stages[:signature]], *(token unless given[:sign_session_token])]
  path = given[:path].gsub(%r{[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]}) { |char| encode(char) }
  path = "/" if path.empty?
  { **stages, url: "https://#{headers["host"]}#{path}?#{query}&#{canonical_query(unsigned)}" }
end

OPERATIONS = {
  "ses-smtp-password" => method(:ses_smtp_password), "sigv4-sign" => method(:sign),
  "sigv4-presign" => method(:presign), "sigv4-signing-key" => ->(given) { to_hex(signing_keys(given)) }
}.freeze
READY = {
  type: "ready", protocol: 1, ops: OPERATIONS.keys, max_in_flight: 32,
  port: { name: "ruby", version: RUBY_VERSION, language: "Ruby", crypto: OpenSSL::OPENSSL_LIBRARY_VERSION }
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

def answer(operation, given)
  FORMS.each do |name, form|
    check(!given.key?(name) || form.match?(given[name]), "the #{name} is empty or malformed")
  end
  { output: OPERATIONS.fetch(operation).call(given).transform_values { |bytes| to_json_member(bytes) } }
rescue Refused => e
  { refused: e.message }
end

$stdout.sync = true
$stdin.each_line do |line|
  message = JSON.parse(line, symbolize_names: true)
  if message[:type] == "hello"
    puts JSON.generate(READY)
  else
    given = DEFAULTS.merge(message[:input].transform_values { |value| from_json(value) })
    puts JSON.generate(type: "answer", id: message[:id], **answer(message[:op], given))
  end
end
