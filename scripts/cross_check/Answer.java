import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Answers cross-check's questions (protocol.py) with the JDK's own java.security, javax.crypto and Base64. */
public final class Answer {
  /** An HMAC key; unlike SecretKeySpec it may be empty. */
  private record HmacKey(byte[] bytes) implements SecretKey {
    @Override
    public String getAlgorithm() {
      return "HmacSHA256";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }
  }

  private static byte[] mac(byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new HmacKey(key));
    return mac.doFinal(message);
  }

  /** The MACs of the messages, each under the MAC before it. */
  private static List<byte[]> chain(byte[] key, byte[]... messages) throws Exception {
    List<byte[]> keys = new ArrayList<>();
    for (byte[] message : messages) {
      key = mac(key, message);
      keys.add(key);
    }
    return keys;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] encode(byte[] bytes) {
    return Base64.getEncoder().encode(bytes);
  }

  /** Null where the text must be refused; the JDK alone would let missing padding pass. */
  private static List<byte[]> decode(byte[] text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Arrays.equals(encode(bytes), text) ? List.of(bytes) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Values by the names of their stages, in order. */
  private static Map<String, byte[]> named(String names, List<byte[]> values) {
    Map<String, byte[]> stages = new LinkedHashMap<>();
    for (String name : names.split(" ")) {
      stages.put(name, values.get(stages.size()));
    }
    return stages;
  }

  private static List<byte[]> withPassword(int version, List<byte[]> stages) {
    byte[] mac = stages.get(stages.size() - 1);
    List<byte[]> all = new ArrayList<>(stages);
    all.add(encode(concat(new byte[] {(byte) version}, mac)));
    return all;
  }

  private static List<byte[]> ladder(Map<String, byte[]> in, byte[]... messages) throws Exception {
    return chain(concat(ascii("AWS4"), in.get("secret")), messages);
  }

  /** Null where the input must be refused. */
  private static Map<String, byte[]> answer(String operation, Map<String, byte[]> in)
      throws Exception {
    byte[] terminal = ascii("aws4_request");
    byte[] message = ascii("SendRawEmail");
    switch (operation) {
      case "sha256":
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        return named("digest", List.of(sha256.digest(in.get("message"))));
      case "hmac-sha256":
        return named("mac", List.of(mac(in.get("key"), in.get("message"))));
      case "base64-encode":
        return named("text", List.of(encode(in.get("bytes"))));
      case "base64-decode":
        List<byte[]> bytes = decode(in.get("text"));
        return bytes == null ? null : named("bytes", bytes);
      case "ses-smtp-password-2":
        return named("mac password", withPassword(2, chain(in.get("secret"), message)));
      case "ses-smtp-password-4":
        List<byte[]> keys =
            ladder(in, ascii("11111111"), in.get("region"), ascii("ses"), terminal, message);
        return named(
            "date_key region_key service_key terminal_key message_key password",
            withPassword(4, keys));
      case "sigv4-signing-key":
        return named(
            "date_key region_key service_key signing_key",
            ladder(in, in.get("date"), in.get("region"), in.get("service"), terminal));
      default:
        throw new IllegalArgumentException("unknown operation " + operation);
    }
  }

  public static void main(String[] args) throws Exception {
    HexFormat hex = HexFormat.of();
    System.out.println("OpenJDK " + Runtime.version());
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      if (fields[0].startsWith("sigv4-") && !fields[0].equals("sigv4-signing-key")) {
        System.out.println("unsupported requests");
        continue;
      }
      Map<String, byte[]> inputs = new LinkedHashMap<>();
      for (String field : Arrays.asList(fields).subList(1, fields.length)) {
        String[] pair = field.split("=", 2);
        inputs.put(pair[0], hex.parseHex(pair[1]));
      }
      Map<String, byte[]> stages = answer(fields[0], inputs);
      System.out.println(
          stages == null
              ? "refused"
              : stages.entrySet().stream()
                  .map(stage -> stage.getKey() + "=" + hex.formatHex(stage.getValue()))
                  .collect(Collectors.joining("\t")));
    }
  }
}
