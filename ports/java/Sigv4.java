import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signature Version 4 of a request: its Authorization header, or a presigned URL.
 *
 * <p>The characters of a text are its bytes; the time is always an input. Sources: "Create a signed
 * AWS API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API Reference).
 */
final class Sigv4 {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String DATE = "x-amz-date";
  private static final String TOKEN = "x-amz-security-token";
  private static final String HASH = "x-amz-content-sha256";
  static final String HTTP_TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"; // RFC 9110 section 5.6.2
  private static final String ESCAPED = "(?:[^%]++|%[0-9A-Fa-f]{2})*+";
  private static final String TIME = "(?!0000)[0-9]{8}T(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}Z";
  private static final String CREDENTIAL = "(?:[^\\x00-\\x20\\x7f/,]+/){4}aws4_request";
  private static final String OWN_PARAMETER =
      "(?i)x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)";
  private static final Pattern NOT_IN_URLS = Pattern.compile("[^A-Za-z0-9\\-._~%/!$&'()*+,;=:@]+");

  private final Map<?, ?> given;
  private final String path;
  private final String date;
  private final String scope;
  private final String credential;
  private final TreeMap<String, String> headers;
  private final Map<String, String> own = new LinkedHashMap<>(); // the headers that the signer sets

  Sigv4(Map<?, ?> given) throws GeneralSecurityException {
    this.given = given;
    check(text("timestamp").matches(TIME), "the timestamp is no time");
    path = text("path").isEmpty() ? "/" : text("path");
    date = text("timestamp").substring(0, 8);
    scope = String.join("/", date, text("region"), text("service"), "aws4_request");
    credential = text("access_key_id") + "/" + scope;
    headers = Canonical.joinHeaders((List<?>) given.get("headers"));
    own.put(DATE, text("timestamp"));
    if (given.containsKey("session_token")) {
      own.put(TOKEN, text("session_token"));
    }
    own.put(HASH, headers.getOrDefault(HASH, sha256Hex(text("body"))));
    if (given.containsKey("payload_hash")) {
      own.put(HASH, text("payload_hash"));
    }
    checkAll();
  }

  static void check(boolean holds, String reason) {
    if (!holds) {
      throw new NoOutput("refused", reason);
    }
  }

  private static boolean isDay(String date) {
    try {
      return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private void checkAll() {
    check(isDay(date), "the timestamp has no such day");
    check(text("method").matches(HTTP_TOKEN), "the method is no token");
    check(path.matches("/" + ESCAPED), "the path is malformed");
    check(text("query").matches(ESCAPED), "the query has a bad percent escape");
    check(credential.matches(CREDENTIAL), "a field of the credential is empty or malformed");
    check(headers.getOrDefault("host", "").matches("[^,]+"), "there is not one Host header");
    check(!headers.containsKey("authorization"), "there is an Authorization header already");
    own.forEach((name, value) -> {
      check(value.matches("[^\\x00-\\x1f\\x7f]*"), "the " + name + " has a control character");
      boolean agrees = headers.getOrDefault(name, value).equals(value);
      check(agrees, "the header " + name + " says something else");
    });
  }

  private String text(String name) {
    return Json.text(given, name);
  }

  private boolean is(String name) {
    return given.get(name).equals(true);
  }

  private static String sha256Hex(String data) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(data.getBytes(ISO_8859_1));
    return HexFormat.of().formatHex(digest);
  }

  private Map<String, String> signatureStages(String query) throws GeneralSecurityException {
    String lines = headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
    boolean isEncodedOnce = text("uri_encode").equals("single");
    String canonicalPath = Canonical.path(path, is("normalize"), isEncodedOnce);
    String request = String.join(
        "\n", text("method"), canonicalPath, query, lines, signedNames(), own.get(HASH));
    String toSign = String.join("\n", ALGORITHM, text("timestamp"), scope, sha256Hex(request));
    byte[] key = Port.signingKey(new LinkedHashMap<>(), given, date);
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("canonical_request", request);
    stages.put("string_to_sign", toSign);
    stages.put("signature", HexFormat.of().formatHex(Port.mac(key, toSign)));
    return stages;
  }

  private String signedNames() {
    return String.join(";", headers.keySet());
  }

  Map<String, String> sign() throws GeneralSecurityException {
    boolean addsHash = is("content_sha256_header");
    own.forEach((name, value) -> {
      if (!name.equals(HASH) || addsHash) {
        headers.put(name, value); // what the caller set is the same
      }
    });
    if (!is("sign_session_token")) {
      headers.remove(TOKEN);
    }
    String query = Canonical.query(Canonical.parseQuery(text("query")));
    Map<String, String> stages = signatureStages(query);
    String format = "%s Credential=%s, SignedHeaders=%s, Signature=%s";
    String signature = stages.get("signature");
    stages.put(
        "authorization", String.format(format, ALGORITHM, credential, signedNames(), signature));
    return stages;
  }

  Map<String, String> presign() throws GeneralSecurityException {
    List<Canonical.Pair> pairs = Canonical.parseQuery(text("query"));
    List<Canonical.Pair> unsigned = new ArrayList<>();
    long life = Long.parseLong(text("expires_s"));
    boolean isPresigned = pairs.stream().anyMatch(pair -> pair.name().matches(OWN_PARAMETER));
    boolean isTwice =
        Stream.of(DATE, TOKEN).anyMatch(name -> own.containsKey(name) && headers.containsKey(name));
    check(life >= 1 && life <= 604800, "a URL lives from one second to a week");
    check(!isTwice, "a URL has its date and token in the query");
    check(!isPresigned, "it is presigned already");
    if (!is("sign_session_token")) {
      headers.remove(TOKEN);
    }
    pairs.add(new Canonical.Pair("X-Amz-Algorithm", ALGORITHM));
    pairs.add(new Canonical.Pair("X-Amz-Credential", credential));
    pairs.add(new Canonical.Pair("X-Amz-Date", text("timestamp")));
    pairs.add(new Canonical.Pair("X-Amz-Expires", text("expires_s")));
    pairs.add(new Canonical.Pair("X-Amz-SignedHeaders", signedNames()));
    if (own.containsKey(TOKEN)) {
      List<Canonical.Pair> signedOrNot = is("sign_session_token") ? pairs : unsigned;
      signedOrNot.add(new Canonical.Pair("X-Amz-Security-Token", own.get(TOKEN)));
    }
    String query = Canonical.query(pairs);
    Map<String, String> stages = signatureStages(query);
    unsigned.add(new Canonical.Pair("X-Amz-Signature", stages.get("signature")));
    String location =
        NOT_IN_URLS.matcher(path).replaceAll(match -> Canonical.encode(match.group()));
    String start = "https://" + headers.get("host") + location;
    stages.put("url", start + "?" + query + "&" + Canonical.query(unsigned));
    return stages;
  }
}
