# Answers cross-check's questions (protocol.py) with the gem aws-sigv4.

require 'aws-sigv4'
require 'time'

class Unsupported < StandardError; end

def text(hex)
  bytes = [hex].pack('H*').force_encoding('UTF-8')
  raise Unsupported, 'bytes that are no UTF-8' unless bytes.valid_encoding?
  bytes
end

def value(name, field)
  return [field].pack('H*') if %w[body payload].include?(name)
  return text(field) unless %w[headers trailers].include?(name)
  field.split(',').map { |pair| pair.split(':', -1).map { |half| text(half) } }
end

def time(given)
  Time.strptime("#{given['timestamp']}+0000", '%Y%m%dT%H%M%SZ%z').utc
end

# Without the vendor's C library the gem normalises no path.
def check_path(given)
  segments = given['path'].delete_prefix('/').split('/', -1)
  segments.pop if segments.last == ''
  return if given['normalize'] == 'false' || (segments & ['', '.', '..']).empty?
  raise Unsupported, 'normalises no path'
end

def signer(given)
  # An unsigned token is added by the caller, after signing.
  token = given['session_token'] if given['sign_session_token'] != 'false'
  Aws::Sigv4::Signer.new(
    service: given['service'], region: given['region'],
    access_key_id: given['access_key_id'] || 'none', secret_access_key: given['secret'],
    session_token: token.to_s.empty? ? nil : token,
    uri_escape_path: given['uri_encode'] != 'single',
    apply_checksum_header: given['content_sha256_header'] == 'true')
end

def request(given)
  check_path(given)
  headers = given['headers'].to_h { |name, value| [name.downcase, value] }
  raise Unsupported, 'takes no repeated header' if headers.size < given['headers'].size
  query = given['query'].empty? ? '' : "?#{given['query']}"
  url = "https://#{headers['host'].strip}#{given['path']}#{query}"
  raise Unsupported, 'takes no raw blanks or bytes above 7F' unless url.match?(/\A[!-~]*\z/)
  { http_method: given['method'], url: url, headers: headers, body: given['body'] }
end

def sign(given)
  request = request(given)
  headers = request[:headers]
  own = headers.keys
  headers['x-amz-date'] ||= given['timestamp']
  if given['payload_hash'] && !headers['x-amz-content-sha256']
    if given['content_sha256_header'] != 'true'
      raise Unsupported, 'takes a payload hash from X-Amz-Content-Sha256 alone'
    end
    headers['x-amz-content-sha256'] = given['payload_hash']
  end
  signed = signer(given).sign_request(request)
  authorization = signed.headers['authorization']
  { 'canonical_request' => signed.canonical_request, 'string_to_sign' => signed.string_to_sign,
    'signature' => authorization.rpartition('=').last, 'authorization' => authorization }
end

def presign(given)
  request = request(given)
  options = { expires_in: given['expires_s'].to_i, time: time(given),
              body_digest: given['payload_hash'] }
  url = signer(given).presign_url(request.merge(options)).to_s
  stages = { 'signature' => url.rpartition('X-Amz-Signature=').last, 'url' => url }
  stages.delete('url') if given['sign_session_token'] == 'false' # its token is missing in it
  stages
end

# Signs for the moment at which it is called.
def sign_event(given)
  moment = time(given)
  Time.define_singleton_method(:now) { moment }
  encoder = Aws::EventStream::Encoder.new
  _, signature = signer(given).sign_event(given['prior_signature'], given['payload'], encoder)
  { 'signature' => signature }
end

ANSWER = {
  'sigv4-sign' => method(:sign), 'sigv4-presign' => method(:presign),
  'sigv4-event' => method(:sign_event)
}.freeze

def answer(operation, fields)
  raise Unsupported, 'not in aws-sigv4' unless ANSWER[operation]
  given = fields.to_h do |field|
    name, text = field.split('=', 2)
    [name, value(name, text)]
  end
  ANSWER[operation].call(given).map { |name, stage| "#{name}=#{stage.unpack1('H*')}" }.join("\t")
rescue Unsupported => e
  "unsupported #{e.message}"
rescue ArgumentError => e
  # The gem sorts pairs of a name and a value or none, which Ruby can't always compare.
  raise unless e.message == 'comparison of Array with Array failed'
  'unsupported compares a parameter without a value to another of its name'
end

puts "aws-sigv4 #{Aws::Sigv4::VERSION}"
$stdin.each_line(chomp: true) do |line|
  operation, *fields = line.split("\t")
  puts answer(operation, fields)
end
