#!/usr/bin/perl
# Answers cross-check's questions with Digest::SHA and MIME::Base64, which are C code of their own.
use strict;
use warnings;

use Digest::SHA qw(sha256 hmac_sha256);
use MIME::Base64 qw(encode_base64 decode_base64);

# The MACs of the messages, each under the MAC before it.
sub chain {
    my ($key, @messages) = @_;
    return map { $key = hmac_sha256($_, $key) } @messages;
}

my %answer = (
    'sha256'        => sub { sha256($_[0]) },
    'hmac-sha256'   => sub { hmac_sha256($_[1], $_[0]) },
    'base64-encode' => sub { encode_base64($_[0], '') },
    'base64-decode' => sub {
        # MIME::Base64 skips what it does not know: strict is what encodes to the same text again.
        my $bytes = decode_base64($_[0]);
        return encode_base64($bytes, '') eq $_[0] ? $bytes : undef;
    },
    'ses-smtp-password-2' => sub {
        my $mac = hmac_sha256('SendRawEmail', $_[0]);
        return ($mac, encode_base64("\x02$mac", ''));
    },
    'ses-smtp-password-4' => sub {
        my ($secret, $region) = @_;
        my @keys = chain("AWS4$secret", '11111111', $region, 'ses', 'aws4_request', 'SendRawEmail');
        return (@keys, encode_base64("\x04$keys[-1]", ''));
    },
    'sigv4-signing-key' => sub {
        my ($secret, $date, $region, $service) = @_;
        return chain("AWS4$secret", $date, $region, $service, 'aws4_request');
    },
);

$| = 1;
printf "Perl %vd, Digest::SHA %s, MIME::Base64 %s\n", $^V, $Digest::SHA::VERSION,
    $MIME::Base64::VERSION;
while (my $line = <STDIN>) {
    chomp $line;
    my ($operation, @inputs) = split /\t/, $line, -1;
    my @stages = $answer{$operation}->(map { pack 'H*', $_ } @inputs);
    print defined $stages[0] ? join("\t", map { unpack 'H*', $_ } @stages) : 'refused', "\n";
}
