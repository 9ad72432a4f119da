#include "diagnosis/defect.h"

namespace sigvet {
namespace {

constexpr Product kPasswords[] = {Product::kPassword};
constexpr Product kPasswordsAndKeys[] = {Product::kPassword, Product::kSigningKey,
                                         Product::kSignature, Product::kChain, Product::kPolicy};
constexpr Product kRequests[] = {Product::kSignature};
constexpr Product kChains[] = {Product::kChain};

constexpr UnseenDefect kDefects[] = {
    {.id = "padding-stripped-alone",
     .sentence = "the padding (=) of base64 is stripped from a password",
     .why = "33 bytes make 44 characters without padding: there is none to strip; only together "
            "with a mistake that changes the length does it show",
     .remedy = "don't strip it: the encoder knows where padding belongs",
     .seen = "constructed",
     .products = kPasswords},
    {.id = "base64-lines",
     .sentence = "the base64 of a password is broken into lines of 60, 64 or 76 characters",
     .why = "a password has 44 characters and fits in one line; the newline after it is another "
            "mistake, which shows",
     .remedy = "use the encoder's form without line breaks",
     .seen = "encoders of Perl, Ruby, Python and openssl",
     .products = kPasswords},
    {.id = "secret-nul",
     .sentence = "the secret, or a key, has NUL bytes at its end, or has lost them",
     .why = "HMAC fills keys below 64 bytes up with zeros, so that NULs at the end of a key make "
            "no difference",
     .remedy = "hand keys on with their length",
     .seen = "constructed",
     .products = kPasswordsAndKeys},
    {.id = "user-name-of-iam",
     .sentence = "the name of the IAM user is used as the SMTP user name",
     .why = "the password does not depend on it, and is right; the server refuses the login",
     .remedy = "the SMTP user name is the access key id",
     .seen = "cloudposse/terraform-aws-ses#10, pepperize/cdk-ses-smtp-credentials#219",
     .products = kPasswords},
    {.id = "temporary-credentials",
     .sentence = "the secret is that of temporary credentials, of a role",
     .why = "the password is the right one for that secret; SMTP has no place for the session "
            "token, so that the server refuses it",
     .remedy = "use the access key of an IAM user",
     .seen = "hector.dev, 2015",
     .products = kPasswords},
    {.id = "region-refused",
     .sentence = "a region is refused that a list in the program does not know",
     .why = "there is no wrong value, but none at all; a case that expects a value tells",
     .remedy = "keep no list of regions: a region is a text that goes into a MAC",
     .seen = "awsdocs/aws-doc-sdk-examples#1152, daniel-zahariev/php-aws-ses#77",
     .products = kPasswords},
    {.id = "header-rewritten",
     .sentence = "a header is signed that a proxy or the HTTP library rewrites on the way, as "
                 "Accept-Encoding, User-Agent or Expect",
     .why = "the signature is right for the request as it was signed; what arrives is another one",
     .remedy = "sign host, x-amz-* and content-type, and no header that others set",
     .seen = "aws/aws-sdk-go-v2#1816, rclone/rclone#6670, benbjohnson/litestream#1386",
     .products = kRequests},
    {.id = "body-rewritten",
     .sentence = "the body is written anew after it was signed, or its charset is changed",
     .why = "the signature is right for the body as it was signed; what arrives is another one",
     .remedy = "sign the bytes that are sent, and send the bytes that were signed",
     .seen = "aws/aws-sdk-js#244",
     .products = kRequests},
    {.id = "url-blank-as-plus",
     .sentence = "blanks are signed as %20 and stand as + in the URL that is sent",
     .why = "the signature is right; the server decodes the + itself and computes another one",
     .remedy = "send the query as it was signed, with %20",
     .seen = "mhart/aws4fetch#83, mhart/aws4fetch#85",
     .products = kRequests},
    {.id = "trailer-form-mistaken",
     .sentence = "a server or proxy takes one form of a streamed body for another: with a trailer "
                 "for without, or unsigned for signed",
     .why = "the signatures are right for the form that was announced; it is the reading that "
            "goes wrong",
     .remedy = "tell the forms apart by X-Amz-Content-Sha256, all of it",
     .seen = "seaweedfs/seaweedfs#6517, seaweedfs/seaweedfs#7623, trinodb/aws-proxy#199",
     .products = kChains},
};

}  // namespace

std::span<const UnseenDefect> UnseenDefects() { return kDefects; }

}  // namespace sigvet
