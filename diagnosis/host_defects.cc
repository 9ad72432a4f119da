#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "diagnosis/defect.h"
#include "diagnosis/request_parts.h"

namespace sigvet {
namespace {

constexpr DerivationPart kPart = DerivationPart::kHost;

void DropPort(const DefectInput&, Derivation& derivation) {
  HttpHeader* host = FindHeader(derivation.request, "host");
  if (host == nullptr) return;
  const std::size_t colon = host->value.rfind(':');
  // Not the colons within an IPv6 address.
  if (colon != std::string::npos && host->value.find(']', colon) == std::string::npos) {
    host->value.erase(colon);
  }
}

void AddPort(Derivation& derivation, std::string_view port) {
  if (HttpHeader* host = FindHeader(derivation.request, "host")) host->value += port;
}

void AddHttpsPort(const DefectInput&, Derivation& derivation) { AddPort(derivation, ":443"); }

void AddHttpPort(const DefectInput&, Derivation& derivation) { AddPort(derivation, ":80"); }

void LowerCase(const DefectInput&, Derivation& derivation) {
  if (HttpHeader* host = FindHeader(derivation.request, "host")) {
    host->value = ToLowerAscii(host->value);
  }
}

constexpr const char* kPortHint =
    "leave the port of the scheme out of what is signed; signers disagree on it: "
    "sigvet show sigv4/contested/host-port-443";

constexpr Defect kDefects[] = {
    {"host-without-port", kPart, "the host was signed without its port",
     "sign the header Host as it is sent, with the port; signers disagree on :443 and :80: "
     "sigvet show sigv4/contested/host-port-443",
     DropPort,
     "ex_aws#213; curl#9588; fog-aws#755; aws-sdk-java-v2#2725; requests-aws4auth#65, #68; "
     "arcships/aimux#129"},
    {"host-with-port-443", kPart, "the host was signed with the port 443, and sent without",
     kPortHint, AddHttpsPort, "aws-cli#2883; s3cmd#974; cloudserver#84"},
    {"host-with-port-80", kPart, "the host was signed with the port 80, and sent without",
     kPortHint, AddHttpPort, "aws-cli#2883; s3cmd#974"},
    {"host-lower-case", kPart, "the host was signed in lower case, and sent in another",
     "send the host as it is signed", LowerCase, "constructed"},
};

}  // namespace

std::span<const Defect> HostDefects() { return kDefects; }

}  // namespace sigvet
