import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SES SMTP passwords and Signature Version 4 with Java's standard library, as a port of sigvet.
 *
 * <p>A String of Java is UTF-16, and is sorted as such. So each text here is a String whose characters are its bytes
 * (ISO 8859-1), and getBytes always has its charset. Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES
 * Developer Guide), "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API
 * Reference).
 */
final class Port {
  static final String ALGORITHM = "AWS4-HMAC-SHA256", TERMINAL = "aws4_request";
  static final String DATE = "x-amz-date", TOKEN = "x-amz-security-token", HASH = "x-amz-content-sha256";
  static final long WEEK_S = 604800;
  static final Map<String, Object> DEFAULTS = Map.of(
      "query", "", "body", "", "headers", List.of(), "session_token", "", "payload_hash", "",
      "uri_encode", "double", "normalize", true, "sign_session_token", true, "content_sha256_header", false);
  static final String ESCAPED = "(?:[^%]++|%[0-9A-Fa-f]{2})*+";
  static final String HTTP_TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"; // RFC 9110 section 5.6.2
  static final String HEADER_VALUE = "(?:[^\\x00-\\x08\\x0a-\\x1f\\x7f]++|\\r?\\n[ \\t])*+";
  static final String CREDENTIAL = "([^\\x00-\\x20\\x7f/,]+/){4}aws4_request"; // no field ends early
  static final String OWN_PARAMETER =
      "(?i)x-amz-(algorithm|credential|date|expires|security-token|sign(ature|edheaders))";
  static final Map<String, String> FORMS = Map.of(
      "secret", "(?s).+", "region", "(?s).+", "service", "(?s).+", "date", "[0-9]{8}", "method", HTTP_TOKEN,
      "path", "(?:/" + ESCAPED + ")?", "query", ESCAPED, "session_token", "[^\\x00-\\x1f\\x7f]*",
      "payload_hash", "[^\\x00-\\x20\\x7f]*", "timestamp", "[0-9]{8}T[0-9]{6}Z");

  record Pair(String name, String value) {}

  static void check(boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(reason);
    }
  }

  static byte[] mac(byte[] key, String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message.getBytes(ISO_8859_1));
  }

  static String sha256Hex(String data) throws GeneralSecurityException {
    return hex(MessageDigest.getInstance("SHA-256").digest(data.getBytes(ISO_8859_1)));
  }

  static String hex(byte[] data) {
    return HexFormat.of().formatHex(data);
  }

  /** Adds the MAC of each message to the stages; it is the key of the next one. Returns the last. */
  static byte[] macChain(Map<String, String> stages, String firstKey, Pair... messages)
      throws GeneralSecurityException {
    byte[] key = firstKey.getBytes(ISO_8859_1);
    for (Pair message : messages) {
      key = mac(key, message.value);
      stages.put(message.name, hex(key));
    }
    return key;
  }

  static Map<String, String> sesSmtpPassword(Map<String, Object> given) throws GeneralSecurityException {
    int version = Integer.parseInt(text(given, "version"));
    String secret = text(given, "secret");
    Map<String, String> stages = new LinkedHashMap<>();
    byte[] last = version == 2
        ? macChain(stages, secret, new Pair("mac", "SendRawEmail"))
        : macChain(stages, "AWS4" + secret, new Pair("date_key", "11111111"), // a constant, not a day
            new Pair("region_key", text(given, "region")), new Pair("service_key", "ses"),
            new Pair("terminal_key", TERMINAL), new Pair("message_key", "SendRawEmail"));
    // The version goes in front as a byte, not as a digit. A MIME encoder would break lines.
    byte[] raw = ByteBuffer.allocate(1 + last.length).put((byte) version).put(last).array();
    stages.put("password", Base64.getEncoder().encodeToString(raw));
    return stages;
  }

  static byte[] signingKeys(Map<String, String> stages, Map<String, Object> given, String date)
      throws GeneralSecurityException {
    return macChain(stages, "AWS4" + text(given, "secret"), new Pair("date_key", date),
        new Pair("region_key", text(given, "region")), new Pair("service_key", text(given, "service")),
        new Pair("signing_key", TERMINAL));
  }

  static Map<String, String> signingKey(Map<String, Object> given) throws GeneralSecurityException {
    Map<String, String> stages = new LinkedHashMap<>();
    signingKeys(stages, given, text(given, "date"));
    return stages;
  }

  static String text(Map<String, Object> given, String name) {
    return given.get(name).toString();
  }

  /** URLEncoder is for forms: it makes a plus of a blank, and differs from RFC 3986 in * and ~. */
  static String encode(String text) {
    return URLEncoder.encode(text, ISO_8859_1).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), ISO_8859_1);
  }

  static String canonicalPath(Map<String, Object> given) {
    String path = text(given, "path").isEmpty() ? "/" : text(given, "path");
    String whole = given.get("normalize").equals(true) ? resolveDots(path) : path;
    // S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
    boolean isSingle = given.get("uri_encode").equals("single");
    return Arrays.stream(whole.split("/", -1)) // -1 keeps what is empty at the end
        .map(segment -> encode(isSingle ? decode(segment) : segment))
        .collect(Collectors.joining("/"));
  }

  static String resolveDots(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..") && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      } else if (!List.of("", ".", "..").contains(segment)) {
        kept.add(segment);
      }
    }
    return "/" + String.join("/", kept) + (path.endsWith("/") && !kept.isEmpty() ? "/" : "");
  }

  static List<Pair> parseQuery(String query) {
    List<Pair> pairs = new ArrayList<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        pairs.add(new Pair(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1])));
      }
    }
    return pairs;
  }

  /** Sorted once encoded, by name before value: the = of a=1 does not count beside a-=1. */
  static String canonicalQuery(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> new Pair(encode(pair.name), encode(pair.value)))
        .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
        .map(pair -> pair.name + "=" + pair.value)
        .collect(Collectors.joining("&"));
  }

  /** Trimmed values by name, sorted by it; those of a repeated name in the order given. */
  static TreeMap<String, String> joinHeaders(List<?> pairs) {
    TreeMap<String, String> joined = new TreeMap<>();
    for (Object pair : pairs) {
      String name = ((List<?>) pair).get(0).toString();
      String value = ((List<?>) pair).get(1).toString();
      check(name.matches(HTTP_TOKEN), "a header's name is no token");
      check(value.matches(HEADER_VALUE), "a header has a line break or a control character");
      String trimmed = value.replaceAll("[ \t\r\n]+", " ").trim();
      // Without a locale a Turkish one would make a dotless i of an I.
      joined.merge(name.toLowerCase(Locale.ROOT), trimmed, (before, added) -> before + "," + added);
    }
    return joined;
  }

  static boolean isTime(String timestamp) {
    try {
      var format = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);
      return LocalDateTime.parse(timestamp, format).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static String date(Map<String, Object> given) {
    return text(given, "timestamp").substring(0, 8);
  }

  static String scope(Map<String, Object> given) {
    return String.join("/", date(given), text(given, "region"), text(given, "service"), TERMINAL);
  }

  static String credential(Map<String, Object> given) {
    return text(given, "access_key_id") + "/" + scope(given);
  }

  static TreeMap<String, String> checkedHeaders(Map<String, Object> given) {
    check(isTime(text(given, "timestamp")), "the timestamp is no time");
    check(credential(given).matches(CREDENTIAL), "a field of the credential is empty or malformed");
    TreeMap<String, String> headers = joinHeaders((List<?>) given.get("headers"));
    check(headers.getOrDefault("host", "").matches("[^,]+"), "there is not one Host header");
    check(!headers.containsKey("authorization"), "there is an Authorization header already");
    Map.of(DATE, "timestamp", TOKEN, "session_token", HASH, "payload_hash").forEach((header, name) -> {
      String meant = text(given, name);
      boolean agrees = meant.isEmpty() || headers.getOrDefault(header, meant).equals(meant);
      check(agrees, "the header " + header + " is not the " + name);
    });
    return headers;
  }

  static String payloadHash(Map<String, Object> given, Map<String, String> headers)
      throws GeneralSecurityException {
    String said = text(given, "payload_hash").isEmpty() ? headers.get(HASH) : text(given, "payload_hash");
    return said != null ? said : sha256Hex(text(given, "body"));
  }

  static Map<String, String> signatureStages(
      Map<String, Object> given, TreeMap<String, String> headers, String query) throws GeneralSecurityException {
    String lines = headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n").collect(Collectors.joining());
    String request = String.join("\n", text(given, "method"), canonicalPath(given), query, lines,
        String.join(";", headers.keySet()), payloadHash(given, headers));
    String toSign = String.join("\n", ALGORITHM, text(given, "timestamp"), scope(given), sha256Hex(request));
    byte[] key = signingKeys(new LinkedHashMap<>(), given, date(given));
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("canonical_request", request);
    stages.put("string_to_sign", toSign);
    stages.put("signature", hex(mac(key, toSign)));
    return stages;
  }

  static Map<String, String> sign(Map<String, Object> given) throws GeneralSecurityException {
    TreeMap<String, String> headers = checkedHeaders(given);
    headers.putIfAbsent(DATE, text(given, "timestamp"));
    if (!text(given, "session_token").isEmpty()) {
      headers.putIfAbsent(TOKEN, text(given, "session_token"));
    }
    if (given.get("content_sha256_header").equals(true)) {
      headers.putIfAbsent(HASH, payloadHash(given, headers));
    }
    removeUnsigned(given, headers);
    String query = canonicalQuery(parseQuery(text(given, "query")));
    Map<String, String> stages = signatureStages(given, headers, query);
    stages.put("authorization", String.format("%s Credential=%s, SignedHeaders=%s, Signature=%s", ALGORITHM,
        credential(given), String.join(";", headers.keySet()), stages.get("signature")));
    return stages;
  }

  static void removeUnsigned(Map<String, Object> given, Map<String, String> headers) {
    if (given.get("sign_session_token").equals(false)) {
      headers.remove(TOKEN);
    }
  }

  static Map<String, String> presign(Map<String, Object> given) throws GeneralSecurityException {
    TreeMap<String, String> headers = checkedHeaders(given);
    List<Pair> pairs = parseQuery(text(given, "query"));
    long life = Long.parseLong(text(given, "expires_s"));
    String token = text(given, "session_token");
    check(life >= 1 && life <= WEEK_S, "a URL lives from one second to a week");
    check(!headers.containsKey(DATE), "a URL has its date in the query");
    check(token.isEmpty() || !headers.containsKey(TOKEN), "a URL has its token in the query");
    check(pairs.stream().noneMatch(pair -> pair.name.matches(OWN_PARAMETER)), "it is presigned already");
    removeUnsigned(given, headers);
    pairs.addAll(List.of(
        new Pair("X-Amz-Algorithm", ALGORITHM), new Pair("X-Amz-Credential", credential(given)),
        new Pair("X-Amz-Date", text(given, "timestamp")), new Pair("X-Amz-Expires", Long.toString(life)),
        new Pair("X-Amz-SignedHeaders", String.join(";", headers.keySet()))));
    List<Pair> unsigned = new ArrayList<>();
    if (!token.isEmpty()) {
      boolean isSigned = given.get("sign_session_token").equals(true);
      (isSigned ? pairs : unsigned).add(new Pair("X-Amz-Security-Token", token));
    }
    String query = canonicalQuery(pairs);
    Map<String, String> stages = signatureStages(given, headers, query);
    unsigned.add(new Pair("X-Amz-Signature", stages.get("signature")));
    String path = text(given, "path").isEmpty() ? "/" : text(given, "path");
    path = Pattern.compile("[^A-Za-z0-9\\-._~%/!$&'()*+,;=:@]+").matcher(path)
        .replaceAll(match -> encode(match.group()));
    stages.put("url", "https://" + headers.get("host") + path + "?" + query + "&" + canonicalQuery(unsigned));
    return stages;
  }

  /** Reads the JSON of the harness, which is well-formed. Its strings become bytes. */
  static final class JsonReader {
    private static final Pattern TOKENS =
        Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[{}\\[\\]]|[^\\s{}\\[\\]:,\"]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(....)|(.))");
    private final Matcher tokens;

    JsonReader(String line) {
      tokens = TOKENS.matcher(line);
    }

    Object read() {
      tokens.find();
      return switch (tokens.group().charAt(0)) {
        case '{' -> readObject();
        case '[' -> readList();
        case '"' -> bytes(unescape(tokens.group()));
        case 't', 'f' -> tokens.group().equals("true");
        case ']', '}' -> null;
        default -> tokens.group();
      };
    }

    private Object readList() {
      List<Object> list = new ArrayList<>();
      for (Object item = read(); item != null; item = read()) {
        list.add(item);
      }
      return list;
    }

    private Object readObject() {
      Map<String, Object> object = new LinkedHashMap<>();
      for (Object key = read(); key != null; key = read()) {
        object.put(key.toString(), read());
      }
      boolean isBytes = object.keySet().equals(Set.of("base64"));
      return isBytes ? new String(Base64.getDecoder().decode(text(object, "base64")), ISO_8859_1) : object;
    }

    private static String bytes(String text) {
      return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static String unescape(String quoted) {
      return ESCAPE.matcher(quoted.substring(1, quoted.length() - 1)).replaceAll(match -> {
        if (match.group(1) != null) {
          return Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16)));
        }
        return Matcher.quoteReplacement(("\\" + match.group(2)).translateEscapes());
      });
    }
  }

  static String toJson(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    try {
      return quote(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) { // which new String would hide behind U+FFFD
      return "{\"base64\":" + quote(Base64.getEncoder().encodeToString(bytes)) + "}";
    }
  }

  static String quote(String text) {
    return text.chars()
        .mapToObj(c -> c < ' ' || c > '~' || c == '"' || c == '\\'
            ? String.format("\\u%04x", c) : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  static Map<String, String> compute(String operation, Map<String, Object> given) throws GeneralSecurityException {
    FORMS.forEach((name, form) -> check(
        !given.containsKey(name) || text(given, name).matches(form), "the " + name + " is empty or malformed"));
    return switch (operation) {
      case "ses-smtp-password" -> sesSmtpPassword(given);
      case "sigv4-signing-key" -> signingKey(given);
      case "sigv4-sign" -> sign(given);
      case "sigv4-presign" -> presign(given);
      default -> throw new IllegalStateException("not one of ready's ops: " + operation);
    };
  }

  static String answer(Map<?, ?> message) throws GeneralSecurityException {
    Map<String, Object> given = new LinkedHashMap<>(DEFAULTS);
    ((Map<?, ?>) message.get("input")).forEach((name, value) -> given.put(name.toString(), value));
    String start = "{\"type\":\"answer\",\"id\":" + toJson(message.get("id").toString());
    try {
      String output = compute(message.get("op").toString(), given).entrySet().stream()
          .map(stage -> quote(stage.getKey()) + ":" + toJson(stage.getValue())).collect(Collectors.joining(","));
      return start + ",\"output\":{" + output + "}}";
    } catch (IllegalArgumentException refused) {
      return start + ",\"refused\":" + quote(refused.getMessage()) + "}";
    }
  }

  static String ready() throws GeneralSecurityException {
    return "{\"type\":\"ready\",\"protocol\":1,\"max_in_flight\":32,\"port\":{\"name\":\"java\",\"version\":"
        + quote(Runtime.version().toString()) + ",\"language\":\"Java\",\"crypto\":"
        + quote("javax.crypto (" + Mac.getInstance("HmacSHA256").getProvider().getName() + ")")
        + "},\"ops\":[\"ses-smtp-password\",\"sigv4-signing-key\",\"sigv4-sign\",\"sigv4-presign\"]}";
  }

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Map<?, ?> message = (Map<?, ?>) new JsonReader(line).read();
      System.out.println(message.get("type").equals("hello") ? ready() : answer(message)); // flushes
    }
  }
}
