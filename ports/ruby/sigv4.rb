# frozen_string_literal: true

require "date"
require "erb"
require "openssl"

# Signature Version 4 of a request: its Authorization header, or a presigned URL.
#
# Every text that is given is a string in the encoding BINARY: such strings are sorted, matched and
# lower-cased by their bytes. The time is always an input.
# Sources: "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon
# S3 API Reference).
module Sigv4
  class Refused < StandardError; end

  ALGORITHM = "AWS4-HMAC-SHA256"
  DATE, TOKEN, HASH = %w[x-amz-date x-amz-security-token x-amz-content-sha256]
  HTTP_TOKEN = /\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z/ # RFC 9110 section 5.6.2
  HEADER_VALUE = /\A([^\x00-\x08\x0a-\x1f\x7f]|\r?\n[ \t])*\z/ # lines may be folded, not broken
  ESCAPED = /([^%]|%\h\h)*/
  CONTROL = /[\x00-\x1f\x7f]/
  OWN_NAMES = /(algorithm|credential|date|expires|security-token|signature|signedheaders)/i
  FORMS = {
    timestamp: /\A(?!0000)[0-9]{8}T([01][0-9]|2[0-3])([0-5][0-9]){2}Z\z/,
    method: HTTP_TOKEN,
    path: %r{\A(/#{ESCAPED})?\z},
    query: /\A#{ESCAPED}\z/,
    host: /\A[^,]+\z/, # there is one, and not two joined
    credential: %r{\A([^\x00-\x20\x7f/,]+/){4}aws4_request\z} # no field is empty or ends early
  }.freeze

  module_function

  def check(holds, reason)
    raise Refused, reason unless holds
  end

  def check_forms(given, forms)
    forms.each do |name, form|
      check(!given.key?(name) || form.match?(given[name]), "the #{name} is missing or malformed")
    end
  end

  def sha256_hex(text)
    OpenSSL::Digest::SHA256.hexdigest(text)
  end

  # Leaves bare what RFC 3986 calls unreserved; CGI.escape would make a plus of a blank.
  def encode(text)
    ERB::Util.url_encode(text)
  end

  def decode(text)
    text.gsub(/%\h\h/) { |escape| escape[1, 2].hex.chr }
  end

  def canonical_path(request)
    path = request[:normalize] ? resolve_dots(request[:path]) : request[:path]
    segments = path.split("/", -1) # -1 keeps what is empty at the end
    # S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
    segments.map! { |segment| decode(segment) } if request[:uri_encode] == "single"
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
    encoded = pairs.map { |pair| pair.map { |part| encode(part) } }
    encoded.sort.map { |pair| pair.join("=") }.join("&")
  end

  # Trimmed values by name; those of a repeated name in the order given, not sorted.
  def join_headers(pairs)
    pairs.each_with_object({}) do |(name, value), joined|
      check(HTTP_TOKEN.match?(name), "a header's name is no token")
      check(HEADER_VALUE.match?(value), "a header has a control character")
      (joined[name.downcase] ||= []) << value.split.join(" ")
    end.transform_values { |values| values.join(",") }
  end

  def scope(given)
    [given[:timestamp][0, 8], given[:region], given[:service], "aws4_request"].join("/")
  end

  # The input with its headers joined, those that the signer sets, and its credential.
  def complete(given)
    headers = join_headers(given[:headers])
    payload_hash = given[:payload_hash] || headers[HASH] || sha256_hex(given[:body])
    own = { DATE => given[:timestamp], TOKEN => given[:session_token], HASH => payload_hash }
    {
      **given,
      path: given[:path].empty? ? "/" : given[:path],
      headers: headers,
      host: headers["host"],
      own: own.compact,
      credential: "#{given[:access_key_id]}/#{scope(given)}"
    }
  end

  def checked(given)
    request = complete(given)
    check_forms(request, FORMS)
    date = given[:timestamp].unpack("a4a2a2").map(&:to_i)
    check(Date.valid_date?(*date, Date::GREGORIAN), "the timestamp has no such day")
    check(!request[:headers].key?("authorization"), "there is an Authorization header already")
    request[:own].each do |name, value|
      check(!CONTROL.match?(value), "the #{name} has a control character")
      check(request[:headers].fetch(name, value) == value, "the header #{name} says something else")
    end
    request
  end

  def signed_headers(request, headers)
    headers.reject { |name, _| name == TOKEN && !request[:sign_session_token] }.sort.to_h
  end

  def signature_stages(request, key, headers, query)
    lines = headers.map { |name, value| "#{name}:#{value}\n" }.join
    canonical = [request[:method], canonical_path(request), query, lines, headers.keys.join(";"),
                 request[:own][HASH]].join("\n")
    text = [ALGORITHM, request[:timestamp], scope(request), sha256_hex(canonical)].join("\n")
    signature = OpenSSL::HMAC.hexdigest("SHA256", key, text)
    { canonical_request: canonical, string_to_sign: text, signature: signature }
  end

  def sign(given, key)
    request = checked(given)
    added = request[:own].reject { |name, _| name == HASH && !request[:content_sha256_header] }
    headers = signed_headers(request, added.merge(request[:headers]))
    stages = signature_stages(request, key, headers, canonical_query(parse_query(request[:query])))
    authorization = "#{ALGORITHM} Credential=#{request[:credential]}, " \
                    "SignedHeaders=#{headers.keys.join(";")}, Signature=#{stages[:signature]}"
    { **stages, authorization: authorization }
  end

  def presign(given, key)
    request = checked(given)
    pairs = parse_query(request[:query])
    unsigned = []
    check(request[:expires_s].between?(1, 604_800), "a URL lives from one second to a week")
    twice = [DATE, TOKEN] & request[:own].keys & request[:headers].keys
    check(twice.empty?, "a URL has its date and token in the query")
    is_presigned = pairs.any? { |name, _| /\Ax-amz-#{OWN_NAMES}\z/i.match?(name) }
    check(!is_presigned, "it is presigned already")
    headers = signed_headers(request, request[:headers])
    pairs.push(
      ["X-Amz-Algorithm", ALGORITHM],
      ["X-Amz-Credential", request[:credential]],
      ["X-Amz-Date", request[:timestamp]],
      ["X-Amz-Expires", request[:expires_s].to_s],
      ["X-Amz-SignedHeaders", headers.keys.join(";")]
    )
    if request[:session_token]
      signed_or_not = request[:sign_session_token] ? pairs : unsigned
      signed_or_not.push(["X-Amz-Security-Token", request[:session_token]])
    end
    query = canonical_query(pairs)
    stages = signature_stages(request, key, headers, query)
    unsigned.push(["X-Amz-Signature", stages[:signature]])
    path = request[:path].gsub(%r{[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]}) { |char| encode(char) }
    { **stages, url: "https://#{request[:host]}#{path}?#{query}&#{canonical_query(unsigned)}" }
  end
end
