import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SES SMTP passwords and signing keys of Signature Version 4 with Java's standard library.
 *
 * <p>A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
 * Sigv4.java. A secret may be any bytes, and a String of Java is UTF-16: so each text here is a
 * String whose characters are its bytes (ISO 8859-1), and getBytes always has its charset. Sources:
 * "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed AWS API
 * request" (AWS IAM User Guide).
 */
final class Port {
  private record Step(String name, String message) {}

  private static String notEmpty(Map<?, ?> given, String name) {
    String text = Json.text(given, name);
    Sigv4.check(!text.isEmpty(), "the " + name + " is empty");
    return text;
  }

  static byte[] mac(byte[] key, String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message.getBytes(ISO_8859_1));
  }

  /** Adds the MAC of each message to the stages; each is the key of the next. Returns the last. */
  private static byte[] macChain(Map<String, String> stages, String firstKey, Step... steps)
      throws GeneralSecurityException {
    byte[] key = firstKey.getBytes(ISO_8859_1);
    for (Step step : steps) {
      key = mac(key, step.message);
      stages.put(step.name, HexFormat.of().formatHex(key));
    }
    return key;
  }

  private static byte[] sesSmtpMac(Map<String, String> stages, Map<?, ?> given)
      throws GeneralSecurityException {
    String version = Json.text(given, "version");
    if (version.equals("2")) {
      return macChain(stages, notEmpty(given, "secret"), new Step("mac", "SendRawEmail"));
    }
    if (!version.equals("4")) {
      throw new NoOutput("unsupported", "version " + version);
    }
    return macChain(
        stages,
        "AWS4" + notEmpty(given, "secret"),
        new Step("date_key", "11111111"), // a constant of the scheme, not a day
        new Step("region_key", notEmpty(given, "region")),
        new Step("service_key", "ses"),
        new Step("terminal_key", "aws4_request"),
        new Step("message_key", "SendRawEmail"));
  }

  private static Map<String, String> sesSmtpPassword(Map<?, ?> given)
      throws GeneralSecurityException {
    Map<String, String> stages = new LinkedHashMap<>();
    byte[] mac = sesSmtpMac(stages, given);
    // The version goes in front as a byte, not as a digit. A MIME encoder would break lines.
    byte version = Byte.parseByte(Json.text(given, "version"));
    byte[] raw = ByteBuffer.allocate(1 + mac.length).put(version).put(mac).array();
    stages.put("password", Base64.getEncoder().encodeToString(raw));
    return stages;
  }

  static byte[] signingKey(Map<String, String> stages, Map<?, ?> given, String date)
      throws GeneralSecurityException {
    return macChain(
        stages,
        "AWS4" + notEmpty(given, "secret"),
        new Step("date_key", date),
        new Step("region_key", notEmpty(given, "region")),
        new Step("service_key", notEmpty(given, "service")),
        new Step("signing_key", "aws4_request"));
  }

  private static Map<String, String> signingKeys(Map<?, ?> given) throws GeneralSecurityException {
    Sigv4.check(Json.text(given, "date").matches("[0-9]{8}"), "the date is no eight digits");
    Map<String, String> stages = new LinkedHashMap<>();
    signingKey(stages, given, Json.text(given, "date"));
    return stages;
  }

  private static Map<String, String> compute(String operation, Map<?, ?> given)
      throws GeneralSecurityException {
    return switch (operation) {
      case "ses-smtp-password" -> sesSmtpPassword(given);
      case "sigv4-signing-key" -> signingKeys(given);
      case "sigv4-sign" -> new Sigv4(given).sign();
      case "sigv4-presign" -> new Sigv4(given).presign();
      default -> throw new NoOutput("unsupported", "operation " + operation);
    };
  }

  private static Map<String, Object> answer(Map<?, ?> message) throws GeneralSecurityException {
    String id = Json.text(message, "id");
    try {
      var output = compute(Json.text(message, "op"), (Map<?, ?>) message.get("input"));
      return Map.of("type", "answer", "id", id, "output", output);
    } catch (NoOutput none) {
      return Map.of("type", "answer", "id", id, none.member, none.getMessage());
    }
  }

  private static Map<String, Object> ready() throws GeneralSecurityException {
    String crypto = "javax.crypto (" + Mac.getInstance("HmacSHA256").getProvider().getName() + ")";
    String version = Runtime.version().toString();
    var port = Map.of("name", "java", "version", version, "language", "Java", "crypto", crypto);
    var ops = List.of("ses-smtp-password", "sigv4-signing-key", "sigv4-sign", "sigv4-presign");
    return Map.of("type", "ready", "protocol", 1, "port", port, "ops", ops, "max_in_flight", 32);
  }

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Map<?, ?> message = (Map<?, ?>) Json.read(line);
      boolean isHello = message.get("type").equals("hello");
      System.out.println(Json.write(isHello ? ready() : answer(message))); // flushes
    }
  }
}
