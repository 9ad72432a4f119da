#include "harness/port/orphans.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/port/process.h"

namespace sigvet {
namespace {

// A signal handler reads it.
static_assert(std::atomic<pid_t>::is_always_lock_free);
std::array<std::atomic<pid_t>, kMaxLiveGroups> live_groups{};

bool IsLiveGroup(pid_t group) {
  return std::ranges::any_of(live_groups, [group](const auto& live) { return live == group; });
}

struct Adoption {
  bool works = false;
  /// Children that this program had before: a shell that starts jobs and then becomes this program
  /// by `exec` leaves them to it.
  std::vector<pid_t> not_ours;
};

Adoption& GetAdoption() {
  static Adoption adoption;
  return adoption;
}

struct Child {
  pid_t pid = 0;
  pid_t group = 0;
};

/// The process of that number where it is a child of this one. proc(5) has the format.
std::optional<Child> ReadChild(std::string_view pid_text) {
  std::array<char, 512> stat{};
  std::snprintf(stat.data(), stat.size(), "/proc/%.*s/stat", static_cast<int>(pid_text.size()),
                pid_text.data());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(stat.data(), "re"),
                                                             &std::fclose);
  if (file == nullptr) return std::nullopt;
  const std::size_t size = std::fread(stat.data(), 1, stat.size() - 1, file.get());
  stat[size] = '\0';
  // The name in parentheses may hold anything, parentheses too.
  const std::size_t name_end = std::string_view(stat.data(), size).rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  char state = 0;
  pid_t parent = 0;
  Child child;
  if (std::sscanf(&stat[name_end + 1], " %c %d %d", &state, &parent, &child.group) != 3) {
    return std::nullopt;
  }
  std::from_chars(pid_text.data(), pid_text.data() + pid_text.size(), child.pid);
  return parent == getpid() ? std::optional(child) : std::nullopt;
}

std::vector<Child> FindChildren() {
  std::vector<Child> children;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc"), &closedir);
  if (folder == nullptr) return children;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name.find_first_not_of("0123456789") != name.npos) continue;
    if (const auto child = ReadChild(name)) children.push_back(*child);
  }
  return children;
}

/// Far quicker than to look through all processes.
bool HasNoChild() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0;
}

}  // namespace

bool AddLiveGroup(pid_t group) {
  for (auto& live : live_groups) {
    pid_t none = 0;
    if (live.compare_exchange_strong(none, group)) return true;
  }
  return false;
}

void RemoveLiveGroup(pid_t group) {
  for (auto& live : live_groups) {
    if (live == group) live = 0;
  }
}

std::mutex& LiveGroupsMutex() {
  static std::mutex mutex;
  return mutex;
}

void KillAllProcessGroups() noexcept {
  for (const auto& live : live_groups) {
    if (const pid_t group = live; group > 0) kill(-group, SIGKILL);
  }
}

void AdoptOrphans() {
  const std::scoped_lock lock(LiveGroupsMutex());
  Adoption& adoption = GetAdoption();
  if (adoption.works) return;
  for (const Child& child : FindChildren()) adoption.not_ours.push_back(child.pid);
  adoption.works = prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

bool EndOrphans() {
  // An orphan may have started others before it was killed; these are found in the next round.
  constexpr int kMaxRounds = 100;
  const std::scoped_lock lock(LiveGroupsMutex());
  const Adoption& adoption = GetAdoption();
  if (!adoption.works || HasNoChild()) return true;
  std::vector<pid_t> killed;
  for (int round = 0; round < kMaxRounds; ++round) {
    bool found_new = false;
    bool is_left = false;
    for (const auto& [pid, group] : FindChildren()) {
      // A daemon that a port started and waits for is the port's until that ends.
      if (IsLiveGroup(pid) ||
          std::ranges::find(adoption.not_ours, pid) != adoption.not_ours.end()) {
        continue;
      }
      if (waitpid(pid, nullptr, WNOHANG) == pid || IsLiveGroup(group)) continue;
      is_left = true;
      if (std::ranges::find(killed, pid) != killed.end()) continue;
      kill(pid, SIGKILL);
      killed.push_back(pid);
      found_new = true;
    }
    if (!found_new) return !is_left;
  }
  return false;
}

}  // namespace sigvet
