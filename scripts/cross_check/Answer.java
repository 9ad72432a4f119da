import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Answers cross-check's questions with the JDK's own java.security, javax.crypto and Base64. */
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

  private static List<byte[]> password(int version, List<byte[]> stages) {
    byte[] mac = stages.get(stages.size() - 1);
    List<byte[]> all = new ArrayList<>(stages);
    all.add(encode(concat(new byte[] {(byte) version}, mac)));
    return all;
  }

  private static List<byte[]> answer(String operation, List<byte[]> in) throws Exception {
    return switch (operation) {
      case "sha256" -> List.of(MessageDigest.getInstance("SHA-256").digest(in.get(0)));
      case "hmac-sha256" -> List.of(mac(in.get(0), in.get(1)));
      case "base64-encode" -> List.of(encode(in.get(0)));
      case "base64-decode" -> decode(in.get(0));
      case "ses-smtp-password-2" -> password(2, chain(in.get(0), ascii("SendRawEmail")));
      case "ses-smtp-password-4" ->
          password(
              4,
              chain(
                  concat(ascii("AWS4"), in.get(0)),
                  ascii("11111111"),
                  in.get(1),
                  ascii("ses"),
                  ascii("aws4_request"),
                  ascii("SendRawEmail")));
      case "sigv4-signing-key" ->
          chain(
              concat(ascii("AWS4"), in.get(0)),
              in.get(1),
              in.get(2),
              in.get(3),
              ascii("aws4_request"));
      default -> throw new IllegalArgumentException("unknown operation " + operation);
    };
  }

  public static void main(String[] args) throws Exception {
    HexFormat hex = HexFormat.of();
    System.out.println("OpenJDK " + Runtime.version());
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      List<byte[]> inputs = Arrays.stream(fields).skip(1).map(hex::parseHex).toList();
      List<byte[]> stages = answer(fields[0], inputs);
      System.out.println(
          stages == null
              ? "refused"
              : stages.stream().map(hex::formatHex).collect(Collectors.joining("\t")));
    }
  }
}
