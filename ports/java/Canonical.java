import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of a canonical request. Sources as in Sigv4.java. */
final class Canonical {
  private static final String HEADER_VALUE = "(?:[^\\x00-\\x08\\x0a-\\x1f\\x7f]++|\\r?\\n[ \\t])*+";

  record Pair(String name, String value) {}

  /** URLEncoder is for forms: it makes a plus of a blank, and differs from RFC 3986 in * and ~. */
  static String encode(String text) {
    String form = URLEncoder.encode(text, ISO_8859_1);
    return form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), ISO_8859_1);
  }

  static String path(String path, boolean isNormalized, boolean isEncodedOnce) {
    String whole = isNormalized ? resolveDots(path) : path;
    // S3 encodes once. Decoded by segment, since an encoded slash separates nothing.
    return Arrays.stream(whole.split("/", -1)) // -1 keeps what is empty at the end
        .map(segment -> encode(isEncodedOnce ? decode(segment) : segment))
        .collect(Collectors.joining("/"));
  }

  private static String resolveDots(String path) {
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
    for (String parameter : query.split("&")) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        pairs.add(new Pair(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1])));
      }
    }
    return pairs;
  }

  /** Sorted once encoded, by name before value: the = of a=1 does not count beside a-=1. */
  static String query(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> new Pair(encode(pair.name()), encode(pair.value())))
        .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining("&"));
  }

  /** Trimmed values by name, sorted by it; those of a repeated name in the order given. */
  static TreeMap<String, String> joinHeaders(List<?> pairs) {
    TreeMap<String, String> joined = new TreeMap<>();
    for (Object pair : pairs) {
      String name = ((List<?>) pair).get(0).toString();
      String value = ((List<?>) pair).get(1).toString();
      Sigv4.check(name.matches(Sigv4.HTTP_TOKEN), "a header's name is no token");
      Sigv4.check(value.matches(HEADER_VALUE), "a header has a control character");
      String trimmed = value.replaceAll("[ \t\r\n]+", " ").trim();
      // Without a locale a Turkish one would make a dotless i of an I.
      joined.merge(name.toLowerCase(Locale.ROOT), trimmed, (all, added) -> all + "," + added);
    }
    return joined;
  }
}
