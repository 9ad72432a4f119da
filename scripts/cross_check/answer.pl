#!/usr/bin/perl
# Answers cross-check's questions with Digest::SHA and MIME::Base64, which are C code of their own.
# Of the requests of SigV4 it knows what needs no canonical URL: see protocol.py for the questions.
use strict;
use warnings;

use Digest::SHA qw(sha256 sha256_hex hmac_sha256);
use MIME::Base64 qw(encode_base64 decode_base64);
use Time::Local qw(timegm);

# The MACs of the messages, each under the MAC before it.
sub chain {
    my ($key, @messages) = @_;
    return map { $key = hmac_sha256($_, $key) } @messages;
}

# Stages by name, in order.
sub named {
    my ($names, @stages) = @_;
    return map { ($names->[$_], $stages[$_]) } 0 .. $#stages;
}

sub scope {
    my ($in) = @_;
    return join '/', substr($in->{timestamp}, 0, 8), $in->{region}, $in->{service}, 'aws4_request';
}

sub signed {
    my ($in, $text) = @_;
    my @ladder = chain("AWS4$in->{secret}", split m{/}, scope($in), -1);
    return (string_to_sign => $text, signature => unpack 'H*', hmac_sha256($text, $ladder[-1]));
}

# What follows another signature.
sub linked {
    my ($in, $kind, @hashes) = @_;
    return signed($in, join "\n", "AWS4-HMAC-SHA256-$kind", $in->{timestamp}, scope($in),
        $in->{prior_signature}, @hashes);
}

sub header_lines {
    my (@pairs) = @_;
    my %values;
    for my $pair (@pairs) {
        my ($name, $value) = @$pair;
        $value =~ s/\s+/ /g;
        $value =~ s/^ | $//g;
        push @{ $values{ lc $name } }, $value;
    }
    return join '', map { "$_:" . join(',', @{ $values{$_} }) . "\n" } sort keys %values;
}

sub milliseconds {
    my ($timestamp) = @_;
    my ($year, $month, @rest) = $timestamp =~ /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/ or die;
    return 1000 * timegm(reverse(@rest), $month - 1, $year);
}

my @ladder = qw(date_key region_key service_key);
my %answer = (
    'sha256'        => sub { (digest => sha256($_[0]{message})) },
    'hmac-sha256'   => sub { (mac => hmac_sha256($_[0]{message}, $_[0]{key})) },
    'base64-encode' => sub { (text => encode_base64($_[0]{bytes}, '')) },
    'base64-decode' => sub {
        # MIME::Base64 skips what it does not know: strict is what encodes to the same text again.
        my $bytes = decode_base64($_[0]{text});
        return encode_base64($bytes, '') eq $_[0]{text} ? (bytes => $bytes) : ();
    },
    'ses-smtp-password-2' => sub {
        my $mac = hmac_sha256('SendRawEmail', $_[0]{secret});
        return (mac => $mac, password => encode_base64("\x02$mac", ''));
    },
    'ses-smtp-password-4' => sub {
        my @keys = chain("AWS4$_[0]{secret}", '11111111', $_[0]{region}, 'ses', 'aws4_request',
            'SendRawEmail');
        return (named([@ladder, qw(terminal_key message_key)], @keys),
            password => encode_base64("\x04$keys[-1]", ''));
    },
    'sigv4-signing-key' => sub {
        return named([@ladder, 'signing_key'],
            chain("AWS4$_[0]{secret}", @{ $_[0] }{qw(date region service)}, 'aws4_request'));
    },
    'sigv4-trailer' => sub {
        return linked($_[0], 'TRAILER', sha256_hex(header_lines(@{ $_[0]{trailers} })));
    },
    'sigv4-event'   => sub {
        my $header = "\x05:date\x08" . pack 'q>', milliseconds($_[0]{timestamp});
        return linked($_[0], 'PAYLOAD', sha256_hex($header), sha256_hex($_[0]{payload}));
    },
    'sigv4-post-policy' => sub {
        return (credential => "$_[0]{access_key_id}/" . scope($_[0]),
            signed($_[0], encode_base64($_[0]{policy}, '')));
    },
);

sub value {
    my ($name, $text) = @_;
    return pack 'H*', $text if $name !~ /^(?:headers|trailers)$/;
    return [map { [map { pack 'H*', $_ } split /:/, $_, -1] } split /,/, $text];
}

printf "Perl %vd, Digest::SHA %s, MIME::Base64 %s\n", $^V, $Digest::SHA::VERSION,
    $MIME::Base64::VERSION;
while (my $line = <STDIN>) {
    chomp $line;
    my ($operation, @fields) = split /\t/, $line;
    if (!$answer{$operation}) {
        print "unsupported canonical requests\n";
        next;
    }
    my %in = map { my ($name, $text) = split /=/, $_, 2; ($name, value($name, $text)) } @fields;
    my @stages = $answer{$operation}->(\%in);
    my @answers;
    while (my ($name, $stage) = splice @stages, 0, 2) {
        push @answers, "$name=" . unpack 'H*', $stage;
    }
    print join("\t", @answers) || 'refused', "\n";
}
