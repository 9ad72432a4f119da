<?php

// SES SMTP passwords and signing keys of Signature Version 4 with PHP's hash extension.
//
// A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
// sigv4.php. A string of PHP is bytes, so no secret has to be encoded.
// Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed
// AWS API request" (AWS IAM User Guide).

declare(strict_types=1);

use Sigv4\Refused;

use function Sigv4\checkForms;
use function Sigv4\presign;
use function Sigv4\sign;

require __DIR__ . '/sigv4.php';

ini_set('display_errors', 'stderr'); // a warning on standard output would be taken for an answer

const NOT_EMPTY = '/./s';
const FORMS = [ // D, since $ would also match before a newline at the end
    'secret' => NOT_EMPTY, 'region' => NOT_EMPTY, 'service' => NOT_EMPTY, 'date' => '/^[0-9]{8}$/D',
];
const READY = [
    'type' => 'ready',
    'protocol' => 1,
    'port' => [
        'name' => 'php', 'version' => PHP_VERSION, 'language' => 'PHP', 'crypto' => 'ext/hash',
    ],
    'ops' => ['ses-smtp-password', 'sigv4-signing-key', 'sigv4-sign', 'sigv4-presign'],
    'max_in_flight' => 32,
];

class Unsupported extends Exception
{
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
    $macs = match ($given['version']) {
        2 => macChain($given['secret'], ['mac' => 'SendRawEmail']),
        4 => macChain("AWS4{$given['secret']}", [
            'date_key' => '11111111', // a constant of the scheme, not a day
            'region_key' => $given['region'],
            'service_key' => 'ses',
            'terminal_key' => 'aws4_request',
            'message_key' => 'SendRawEmail',
        ]),
        default => throw new Unsupported("version {$given['version']}"),
    };
    // The version goes in front as a byte, not as a digit.
    $password = base64_encode(chr($given['version']) . end($macs));
    return [...array_map('bin2hex', $macs), 'password' => $password];
}

function signingKeys(array $given, string $date): array
{
    return macChain("AWS4{$given['secret']}", [
        'date_key' => $date,
        'region_key' => $given['region'],
        'service_key' => $given['service'],
        'signing_key' => 'aws4_request',
    ]);
}

function requestKey(array $given): string
{
    return signingKeys($given, substr($given['timestamp'], 0, 8))['signing_key'];
}

function compute(string $operation, array $input): array
{
    in_array($operation, READY['ops'], true) || throw new Unsupported("operation $operation");
    $given = array_map('fromJson', $input);
    checkForms($given, FORMS);
    return match ($operation) {
        'ses-smtp-password' => sesSmtpPassword($given),
        'sigv4-signing-key' => array_map('bin2hex', signingKeys($given, $given['date'])),
        'sigv4-sign' => sign($given, requestKey($given)),
        'sigv4-presign' => presign($given, requestKey($given)),
    };
}

function fromJson(mixed $value): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    $isBytes = isset($value['base64']);
    return $isBytes ? base64_decode($value['base64']) : array_map('fromJson', $value);
}

function toJson(string $bytes): string|array
{
    return preg_match('//u', $bytes) ? $bytes : ['base64' => base64_encode($bytes)];
}

function answer(array $message): array
{
    $answer = ['type' => 'answer', 'id' => $message['id']];
    try {
        $stages = compute($message['op'], $message['input']);
        return [...$answer, 'output' => array_map('toJson', $stages)];
    } catch (Refused $refused) {
        return [...$answer, 'refused' => $refused->getMessage()];
    } catch (Unsupported $unsupported) {
        return [...$answer, 'unsupported' => $unsupported->getMessage()];
    }
}

while (($line = fgets(STDIN)) !== false) {
    $message = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    $reply = $message['type'] === 'hello' ? READY : answer($message);
    fwrite(STDOUT, json_encode($reply, JSON_THROW_ON_ERROR) . "\n"); // which has no buffer
}
