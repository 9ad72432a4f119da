#include "cli/secret_input.h"

#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace sigvet {
namespace {

constexpr const char* kVariable = "AWS_SECRET_ACCESS_KEY";
constexpr std::size_t kMostBytes = 4096;
constexpr std::size_t kSecretKeyBytes = 40;
constexpr std::size_t kPasswordBytes = 44;
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr char kControlC = '\x03';

/// Turns a terminal's echo off while it lives; does nothing where stdin is none. Ctrl-C ends the
/// line instead of the program, which would leave the terminal without echo; other signals that
/// would end the program wait for the end of the line.
class EchoOff {
 public:
  EchoOff() {
    sigset_t blocked;
    sigemptyset(&blocked);
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) sigaddset(&blocked, signal);
    pthread_sigmask(SIG_BLOCK, &blocked, &unblocked_);
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    silent.c_cc[VEOL] = kControlC;
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    pthread_sigmask(SIG_SETMASK, &unblocked_, nullptr);
  }

 private:
  sigset_t unblocked_{};
  termios before_{};
  bool changed_ = false;
};

using Buffer = Wiped<std::array<char, kMostBytes + 1>>;

/// Reads stdin to its end, or to the end of the first line, into `buffer`; returns how many bytes.
Result<std::size_t> ReadInto(Buffer& buffer, bool one_line) {
  std::size_t size = 0;
  while (size < buffer->size()) {
    const ssize_t got = read(STDIN_FILENO, buffer->data() + size, buffer->size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{"can't read stdin: " + std::string(std::strerror(errno))};
    if (got == 0) return size;
    size += static_cast<std::size_t>(got);
    const char last = (*buffer)[size - 1];
    if (one_line && (last == '\n' || last == kControlC)) return size;
  }
  return Error{"the secret on stdin is longer than 4096 bytes"};
}

Secret WithoutLineBreak(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return Secret(text);
}

/// Asks for a line on the terminal. Echo is off before the question, so that no answer is shown.
Result<std::size_t> AskInto(Buffer& buffer) {
  const EchoOff echo_off;
  std::fputs("Secret access key (not shown): ", stderr);
  Result<std::size_t> size = ReadInto(buffer, true);
  std::fputs("\n", stderr);
  return size;
}

Result<Secret> ReadStdin() {
  const bool is_terminal = isatty(STDIN_FILENO) == 1;
  Buffer buffer;
  const Result<std::size_t> size = is_terminal ? AskInto(buffer) : ReadInto(buffer, false);
  if (!size) return size.error();
  const std::string_view text(buffer->data(), *size);
  if (is_terminal && text.ends_with(kControlC)) std::raise(SIGINT);
  return WithoutLineBreak(text);
}

}  // namespace

void ForbidCoreDumps() {
  // 1, not 0: Linux ignores the limit where core dumps go to a program, but for this value.
  const rlimit limit = {1, 1};
  setrlimit(RLIMIT_CORE, &limit);
}

Result<std::optional<Secret>> SecretAccessKeyFromEnvironment() {
  const char* value = std::getenv(kVariable);
  if (value == nullptr || *value == '\0') return std::optional<Secret>();
  if (std::strlen(value) > kMostBytes) {
    return Error{std::string(kVariable) + " is longer than 4096 bytes"};
  }
  return std::optional<Secret>(std::in_place, std::string_view(value));
}

Result<Secret> ReadSecretAccessKey() {
  Result<std::optional<Secret>> set = SecretAccessKeyFromEnvironment();
  if (!set) return set.error();
  std::optional<Secret>& from_environment = *set;
  if (from_environment.has_value()) return std::move(*from_environment);
  Result<Secret> secret = ReadStdin();
  if (secret && secret->empty()) {
    return Error{"there is no secret access key",
                 {},
                 "set " + std::string(kVariable) + ", or give it on stdin"};
  }
  return secret;
}

bool LooksLikeSecret(std::string_view text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == kSecretKeyBytes && text.find_first_not_of(kBase64) == text.npos &&
         std::ranges::any_of(text, is_lower) && std::ranges::any_of(text, is_upper);
}

std::string WithoutSecrets(std::string_view message) {
  constexpr std::string_view kInNames = ".-_~";
  std::string shown;
  bool in_name = false;
  while (!message.empty()) {
    const std::string_view word = message.substr(0, message.find_first_not_of(kBase64));
    const std::string_view after = message.substr(word.size(), 1);
    const bool named = in_name || (!after.empty() && kInNames.find(after) != kInNames.npos);
    if (!named && LooksLikeSecret(word)) {
      shown += "(not shown: it looks like a secret)";
    } else {
      shown += word;
    }
    shown += after;
    in_name = !after.empty() && kInNames.find(after) != kInNames.npos;
    message.remove_prefix(word.size() + after.size());
  }
  return shown;
}

std::string SecretSuspicion(std::string_view secret) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  const auto is_quote = [](char c) { return c == '"' || c == '\''; };
  if (is_blank(secret.front()) || is_blank(secret.back())) {
    return "the secret begins or ends with white space";
  }
  if (std::ranges::any_of(secret, is_blank)) return "the secret has white space in it";
  if (is_quote(secret.front()) || is_quote(secret.back())) {
    return "the secret begins or ends with a quotation mark";
  }
  if (secret.size() == kPasswordBytes && (secret.front() == 'A' || secret.front() == 'B')) {
    return "the secret looks like an SMTP password that was derived already";
  }
  if (secret.starts_with("AKIA") || secret.starts_with("ASIA")) {
    return "the secret looks like an access key id";
  }
  if (secret.size() != kSecretKeyBytes) {
    return "the secret has " + std::to_string(secret.size()) + " bytes; secret access keys have 40";
  }
  return "";
}

}  // namespace sigvet
