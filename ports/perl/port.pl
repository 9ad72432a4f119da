#!/usr/bin/perl
# SES SMTP passwords and SigV4 signing keys with Perl's core modules, as a port of sigvet.
use v5.36;

use Digest::SHA qw(hmac_sha256);
use JSON::PP;
use MIME::Base64 qw(decode_base64 encode_base64);

my %operations = (
    'ses-smtp-password' => \&ses_smtp_password,
    'sigv4-signing-key' => \&sigv4_signing_key,
);

# An input that holds bytes: a string where they are UTF-8, else an object with their base64. Perl's
# strings hold characters and bytes alike; from here on these are bytes.
sub bytes ($value) {
    return decode_base64($value->{base64}) if ref $value;
    utf8::encode($value);
    return $value;
}

# The MAC of each message under the MAC before it, in hex and by name; first the last MAC itself.
# Digest::SHA takes the message first and then the key.
sub chain ($secret, @steps) {
    my $key = "AWS4$secret";
    my %stages;
    while (my ($name, $message) = splice @steps, 0, 2) {
        $key = hmac_sha256($message, $key);
        $stages{$name} = unpack 'H*', $key;
    }
    return $key, %stages;
}

# encode_base64 breaks lines, and ends the last one, unless it is told not to.
sub password ($version, $mac) {
    return encode_base64(chr($version) . $mac, '');
}

sub ses_smtp_password ($input) {
    my $secret = bytes($input->{secret});
    return refused => 'the secret is empty' if $secret eq '';
    if ($input->{version} == 2) {
        my $mac = hmac_sha256('SendRawEmail', $secret);
        return output => {mac => unpack('H*', $mac), password => password(2, $mac)};
    }
    return unsupported => "version $input->{version}" if $input->{version} != 4;
    my $region = bytes($input->{region});
    return refused => 'the region is empty' if $region eq '';
    my ($mac, %stages) = chain(
        $secret,
        date_key     => '11111111',
        region_key   => $region,
        service_key  => 'ses',
        terminal_key => 'aws4_request',
        message_key  => 'SendRawEmail',
    );
    return output => {%stages, password => password(4, $mac)};
}

sub sigv4_signing_key ($input) {
    my %given = map { $_ => bytes($input->{$_}) } qw(secret date region service);
    for my $name (sort keys %given) {
        return refused => "the $name is empty" if $given{$name} eq '';
    }
    # Not $, which would let a newline pass, and not \d, which is any script's digits.
    return refused => 'the date is not eight digits' if $given{date} !~ /\A[0-9]{8}\z/;
    my (undef, %stages) = chain(
        $given{secret},
        date_key    => $given{date},
        region_key  => $given{region},
        service_key => $given{service},
        signing_key => 'aws4_request',
    );
    return output => \%stages;
}

sub ready ($hello) {
    die "protocol $hello->{protocol} is not known here\n" if $hello->{protocol} != 1;
    return {
        type     => 'ready',
        protocol => 1,
        port     => {
            name     => 'perl',
            version  => sprintf('%vd', $^V),
            language => 'Perl',
            crypto   => "Digest::SHA $Digest::SHA::VERSION",
        },
        ops           => [sort keys %operations],
        max_in_flight => 32,
    };
}

sub answer ($case) {
    my $operation = $operations{$case->{op}} // sub { return unsupported => "operation $case->{op}" };
    return {type => 'answer', id => $case->{id}, $operation->($case->{input})};
}

my $json = JSON::PP->new->utf8;
STDOUT->autoflush;
while (my $line = <STDIN>) {
    my $message = $json->decode($line);
    say $json->encode($message->{type} eq 'hello' ? ready($message) : answer($message));
}
