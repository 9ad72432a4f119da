import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** JSON as sigvet sends it, which is well-formed. A text's characters are its bytes. */
final class Json {
  private static final Pattern TOKENS =
      Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[{}\\[\\]]|[^\\s{}\\[\\]:,\"]+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(....)|(.))");
  private final Matcher tokens;

  private Json(String line) {
    tokens = TOKENS.matcher(line);
  }

  /** Numbers stay texts. */
  static Object read(String line) {
    return new Json(line).readValue();
  }

  private Object readValue() {
    tokens.find();
    return switch (tokens.group().charAt(0)) {
      case '{' -> readObject();
      case '[' -> readList();
      case '"' -> new String(unescape(tokens.group()).getBytes(UTF_8), ISO_8859_1);
      case 't', 'f' -> tokens.group().equals("true");
      case ']', '}' -> null;
      default -> tokens.group();
    };
  }

  private Object readList() {
    List<Object> list = new ArrayList<>();
    for (Object item = readValue(); item != null; item = readValue()) {
      list.add(item);
    }
    return list;
  }

  private Object readObject() {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Object key = readValue(); key != null; key = readValue()) {
      object.put(key.toString(), readValue());
    }
    if (object.containsKey("base64")) {
      return new String(Base64.getDecoder().decode(text(object, "base64")), ISO_8859_1);
    }
    return object;
  }

  static String text(Map<?, ?> given, String name) {
    return given.containsKey(name) ? given.get(name).toString() : "";
  }

  private static String unescape(String quoted) {
    String escaped = quoted.substring(1, quoted.length() - 1);
    return ESCAPE.matcher(escaped).replaceAll(match -> Matcher.quoteReplacement(
        match.group(1) == null
            ? match.group().translateEscapes()
            : Character.toString(Integer.parseInt(match.group(1), 16))));
  }

  static String write(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> write(member.getKey()) + ":" + write(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text ? writeText(text) : value.toString();
  }

  private static String writeText(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    try {
      return quote(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) { // which new String would hide behind U+FFFD
      return "{\"base64\":" + quote(Base64.getEncoder().encodeToString(bytes)) + "}";
    }
  }

  private static String quote(String text) {
    return text.chars()
        .mapToObj(c -> c < ' ' || c > '~' || c == '"' || c == '\\'
            ? String.format("\\u%04x", c) : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
