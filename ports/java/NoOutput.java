/** A case without an output: it is refused or unsupported, as the answer's member says. */
final class NoOutput extends RuntimeException {
  private static final long serialVersionUID = 1;
  final String member;

  NoOutput(String member, String reason) {
    super(reason);
    this.member = member;
  }
}
