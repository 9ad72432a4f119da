<?php

// SES SMTP passwords and Signature Version 4 with PHP's hash extension, as a port of sigvet.
//
// A string of PHP is bytes, so nothing has to be encoded; but PHP compares strings that look like
// numbers as numbers, and makes integers of such array keys: sort by strcmp or SORT_STRING.
// Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed AWS
// API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API Reference).

declare(strict_types=1);

ini_set('display_errors', 'stderr'); // a warning on standard output would be taken for an answer

const ALGORITHM = 'AWS4-HMAC-SHA256';
const TERMINAL = 'aws4_request';
const WEEK_S = 604800;
const DATE = 'x-amz-date';
const TOKEN = 'x-amz-security-token';
const HASH = 'x-amz-content-sha256';
const DEFAULTS = [
    'query' => '', 'body' => '', 'headers' => [], 'session_token' => '', 'payload_hash' => '',
    'uri_encode' => 'double', 'normalize' => true, 'sign_session_token' => true,
    'content_sha256_header' => false,
];
const ESCAPED = '(?:[^%]++|%[0-9A-Fa-f]{2})*+';
const HTTP_TOKEN = '/^[!#$%&\'*+.^_`|~0-9A-Za-z-]+$/D'; // RFC 9110 section 5.6.2
const CREDENTIAL = '~^([^\x00-\x20\x7f/,]+/){4}aws4_request$~D'; // five fields, none ends early
const OWN_PARAMETER = '/^x-amz-(algorithm|credential|date|expires|security-token|sign(ature|edheaders))$/Di';
const FORMS = [ // D, since $ would also match before a newline at the end
    'secret' => '/./s', 'region' => '/./s', 'service' => '/./s', 'date' => '/^[0-9]{8}$/D',
    'timestamp' => '/^[0-9]{8}T[0-9]{6}Z$/D', 'method' => HTTP_TOKEN, 'query' => '~^' . ESCAPED . '$~D',
    'path' => '~^(/' . ESCAPED . ')?$~D', 'session_token' => '/^[^\x00-\x1f\x7f]*$/D',
    'payload_hash' => '/^[^\x00-\x20\x7f]*$/D',
];

class Refused extends Exception
{
}

function check(bool $holds, string $reason): void
{
    if (!$holds) {
        throw new Refused($reason);
    }
}

/** The MAC of each message; it is the key of the next one. */
function macChain(string $key, array $messages): array
{
    foreach ($messages as $name => $message) {
        // The message comes before the key, and without `true` the MAC would be hex digits.
        $messages[$name] = $key = hash_hmac('sha256', $message, $key, true);
    }
    return $messages;
}

function sesSmtpPassword(array $given): array
{
    $macs = $given['version'] === 2
        ? macChain($given['secret'], ['mac' => 'SendRawEmail'])
        : macChain("AWS4{$given['secret']}", [
            'date_key' => '11111111', // a constant of the scheme, not a day
            'region_key' => $given['region'], 'service_key' => 'ses', 'terminal_key' => TERMINAL,
            'message_key' => 'SendRawEmail',
        ]);
    // The version goes in front as a byte, not as a digit.
    $password = base64_encode(chr($given['version']) . end($macs));
    return [...array_map('bin2hex', $macs), 'password' => $password];
}

function signingKeys(array $given): array
{
    return macChain("AWS4{$given['secret']}", [
        'date_key' => $given['date'], 'region_key' => $given['region'],
        'service_key' => $given['service'], 'signing_key' => TERMINAL,
    ]);
}

function canonicalPath(array $given): string
{
    $path = $given['path'] === '' ? '/' : $given['path'];
    $segments = explode('/', $given['normalize'] ? resolveDots($path) : $path);
    if ($given['uri_encode'] === 'single') { // by segment: an encoded slash separates nothing
        $segments = array_map('rawurldecode', $segments);
    }
    return implode('/', array_map('rawurlencode', $segments)); // urlencode makes a plus of a blank
}

function resolveDots(string $path): string
{
    $kept = [];
    foreach (explode('/', $path) as $segment) {
        if ($segment === '..') {
            array_pop($kept);
        } elseif ($segment !== '' && $segment !== '.') {
            $kept[] = $segment;
        }
    }
    return '/' . implode('/', $kept) . ($kept && str_ends_with($path, '/') ? '/' : '');
}

/** Not parse_str, which makes underscores of dots and arrays of brackets. */
function parseQuery(string $query): array
{
    $pairs = array_filter(explode('&', $query), fn ($pair) => $pair !== '');
    return array_map(fn ($pair) => array_map('rawurldecode', explode('=', $pair, 2) + ['', '']), $pairs);
}

/** Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`. */
function canonicalQuery(array $pairs): string
{
    $pairs = array_map(fn ($pair) => array_map('rawurlencode', $pair), $pairs);
    usort($pairs, fn ($a, $b) => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));
    return implode('&', array_map(fn ($pair) => implode('=', $pair), $pairs));
}

/** Trimmed values by name; those of a repeated name in the order given, not sorted. */
function joinHeaders(array $pairs): array
{
    $joined = [];
    foreach ($pairs as [$name, $value]) {
        check((bool) preg_match(HTTP_TOKEN, $name), "a header's name is no token");
        $unfolded = preg_replace(['/\r?\n(?=[ \t])/', '/[ \t]+/'], ['', ' '], $value);
        check(!preg_match('/[\x00-\x1f\x7f]/', $unfolded), 'a header has a control character');
        $joined[strtolower($name)][] = trim($unfolded, ' ');
    }
    return array_map(fn ($values) => implode(',', $values), $joined);
}

function isTime(string $timestamp): bool
{
    // DateTime takes 30 February for 1 March.
    [$year, $month, $day, $hour, $minute, $second] = sscanf($timestamp, '%4d%2d%2dT%2d%2d%2dZ');
    return checkdate($month, $day, $year) && $hour < 24 && $minute < 60 && $second < 60;
}

function scope(array $given): string
{
    return implode('/', [substr($given['timestamp'], 0, 8), $given['region'], $given['service'], TERMINAL]);
}

function credential(array $given): string
{
    return $given['access_key_id'] . '/' . scope($given);
}

function checkedHeaders(array $given): array
{
    check(isTime($given['timestamp']), 'the timestamp is no time');
    check((bool) preg_match(CREDENTIAL, credential($given)), 'a field of the credential is malformed');
    $headers = joinHeaders($given['headers']);
    check((bool) preg_match('/^[^,]+$/D', $headers['host'] ?? ''), 'there is not one Host header');
    check(!isset($headers['authorization']), 'there is an Authorization header already');
    foreach ([DATE => 'timestamp', TOKEN => 'session_token', HASH => 'payload_hash'] as $header => $name) {
        $agrees = $given[$name] === '' || ($headers[$header] ?? $given[$name]) === $given[$name];
        check($agrees, "the header $header says something else");
    }
    return $headers;
}

function payloadHash(array $given, array $headers): string
{
    return $given['payload_hash'] !== '' ? $given['payload_hash']
        : $headers[HASH] ?? hash('sha256', $given['body']);
}

function signedHeaders(array $given, array $headers): array
{
    if (!$given['sign_session_token']) {
        unset($headers[TOKEN]);
    }
    ksort($headers, SORT_STRING);
    return $headers;
}

function signatureStages(array $given, array $headers, string $query): array
{
    $lines = array_map(fn ($name) => "$name:$headers[$name]\n", array_keys($headers));
    $request = implode("\n", [
        $given['method'], canonicalPath($given), $query, implode($lines),
        implode(';', array_keys($headers)), payloadHash($given, $headers),
    ]);
    $text = implode("\n", [ALGORITHM, $given['timestamp'], scope($given), hash('sha256', $request)]);
    $key = signingKeys([...$given, 'date' => substr($given['timestamp'], 0, 8)])['signing_key'];
    $signature = hash_hmac('sha256', $text, $key);
    return ['canonical_request' => $request, 'string_to_sign' => $text, 'signature' => $signature];
}

function sign(array $given): array
{
    $headers = checkedHeaders($given);
    $hash = $given['content_sha256_header'] ? payloadHash($given, $headers) : '';
    $added = [[DATE, $given['timestamp']], [TOKEN, $given['session_token']], [HASH, $hash]];
    $added = joinHeaders(array_filter($added, fn ($pair) => $pair[1] !== ''));
    $headers = signedHeaders($given, $headers + $added); // + keeps what the caller set
    $stages = signatureStages($given, $headers, canonicalQuery(parseQuery($given['query'])));
    $names = implode(';', array_keys($headers));
    $authorization = ALGORITHM . ' Credential=' . credential($given)
        . ", SignedHeaders=$names, Signature={$stages['signature']}";
    return [...$stages, 'authorization' => $authorization];
}

function presign(array $given): array
{
    $headers = checkedHeaders($given);
    $pairs = parseQuery($given['query']);
    $token = $given['session_token'] === '' ? [] : [['X-Amz-Security-Token', $given['session_token']]];
    $isWeek = $given['expires_s'] >= 1 && $given['expires_s'] <= WEEK_S;
    check($isWeek, 'a URL lives from one second to a week');
    check(!isset($headers[DATE]), 'a URL has its date in the query');
    check(!$token || !isset($headers[TOKEN]), 'a URL has its token in the query');
    check(!preg_grep(OWN_PARAMETER, array_column($pairs, 0)), 'it is presigned already');
    $headers = signedHeaders($given, $headers);
    array_push(
        $pairs,
        ['X-Amz-Algorithm', ALGORITHM],
        ['X-Amz-Credential', credential($given)],
        ['X-Amz-Date', $given['timestamp']],
        ['X-Amz-Expires', (string) $given['expires_s']],
        ['X-Amz-SignedHeaders', implode(';', array_keys($headers))],
        ...($given['sign_session_token'] ? $token : []),
    );
    $query = canonicalQuery($pairs);
    $stages = signatureStages($given, $headers, $query);
    $end = [['X-Amz-Signature', $stages['signature']], ...($given['sign_session_token'] ? [] : $token)];
    $notInUrls = '~[^A-Za-z0-9\-._\~%/!$&\'()*+,;=:@]~';
    $path = preg_replace_callback($notInUrls, fn ($match) => rawurlencode($match[0]), $given['path']);
    $url = "https://{$headers['host']}" . ($path ?: '/') . "?$query&" . canonicalQuery($end);
    return [...$stages, 'url' => $url];
}

const OPERATIONS = [
    'ses-smtp-password' => 'sesSmtpPassword', 'sigv4-signing-key' => 'hexSigningKeys',
    'sigv4-sign' => 'sign', 'sigv4-presign' => 'presign',
];
const READY = [
    'type' => 'ready', 'protocol' => 1, 'max_in_flight' => 32,
    'port' => [
        'name' => 'php', 'version' => PHP_VERSION, 'language' => 'PHP', 'crypto' => 'ext/hash',
    ],
];

function hexSigningKeys(array $given): array
{
    return array_map('bin2hex', signingKeys($given));
}

function fromJson(mixed $value): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    return isset($value['base64']) ? base64_decode($value['base64']) : array_map('fromJson', $value);
}

function toJson(string $bytes): string|array
{
    return preg_match('//u', $bytes) ? $bytes : ['base64' => base64_encode($bytes)];
}

function answer(string $operation, array $given): array
{
    try {
        foreach (array_intersect_key(FORMS, $given) as $name => $form) {
            check((bool) preg_match($form, $given[$name]), "the $name is empty or malformed");
        }
        return ['output' => array_map('toJson', OPERATIONS[$operation]($given))];
    } catch (Refused $refused) {
        return ['refused' => $refused->getMessage()];
    }
}

while (($line = fgets(STDIN)) !== false) {
    $message = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    $reply = $message['type'] === 'hello'
        ? [...READY, 'ops' => array_keys(OPERATIONS)]
        : ['type' => 'answer', 'id' => $message['id']]
            + answer($message['op'], array_map('fromJson', $message['input']) + DEFAULTS);
    fwrite(STDOUT, json_encode($reply, JSON_THROW_ON_ERROR) . "\n"); // which has no buffer
}
