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
#include <fstream>
#include <memory>
#include <string>
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

/// Whether that is a child of this program. proc(5) has the format.
bool IsChild(std::string_view pid) {
  std::array<char, 512> stat{};
  std::snprintf(stat.data(), stat.size(), "/proc/%.*s/stat", static_cast<int>(pid.size()),
                pid.data());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(stat.data(), "re"),
                                                             &std::fclose);
  if (file == nullptr) return false;
  const std::size_t size = std::fread(stat.data(), 1, stat.size() - 1, file.get());
  stat[size] = '\0';
  // The name in parentheses may hold anything, parentheses too.
  const std::size_t name_end = std::string_view(stat.data(), size).rfind(')');
  if (name_end == std::string_view::npos) return false;
  char state = 0;
  pid_t parent = 0;
  return std::sscanf(&stat[name_end + 1], " %c %d", &state, &parent) == 2 && parent == getpid();
}

/// Calls `take` with the names of the entries of `folder` that are numbers.
template <typename Take>
void ForEachNumber(const char* folder, const Take& take) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder), &closedir);
  while (const dirent* entry = entries == nullptr ? nullptr : readdir(entries.get())) {
    const std::string_view name = entry->d_name;
    if (name.find_first_not_of("0123456789") == name.npos) take(name);
  }
}

pid_t ToPid(std::string_view text) {
  pid_t pid = 0;
  std::from_chars(text.data(), text.data() + text.size(), pid);
  return pid;
}

/// All children of this program. A look through all processes takes longer than one lives that does
/// nothing but fork, so the system is asked for them where it knows (CONFIG_PROC_CHILDREN). What
/// proc(5) warns of is that children may be missing that are reaped meanwhile.
std::vector<pid_t> FindChildren() {
  std::vector<pid_t> children;
  bool is_known = false;
  ForEachNumber("/proc/self/task", [&](std::string_view thread) {
    std::ifstream list("/proc/self/task/" + std::string(thread) + "/children");
    is_known = is_known || list.is_open();
    for (pid_t pid = 0; list >> pid;) children.push_back(pid);
  });
  if (is_known) return children;
  ForEachNumber("/proc", [&](std::string_view process) {
    if (IsChild(process)) children.push_back(ToPid(process));
  });
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
  adoption.not_ours = FindChildren();
  adoption.works = prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

void ReapOrphans() {
  const std::scoped_lock lock(LiveGroupsMutex());
  if (!GetAdoption().works) return;
  siginfo_t dead{};
  while (waitid(P_ALL, 0, &dead, WEXITED | WNOHANG | WNOWAIT) == 0 && dead.si_pid != 0) {
    if (IsLiveGroup(dead.si_pid)) return;  // the loop looks after those it started
    waitpid(dead.si_pid, nullptr, WNOHANG);
    dead = {};
  }
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
    for (const pid_t pid : FindChildren()) {
      // A daemon that a port started and waits for is the port's until that ends.
      if (IsLiveGroup(pid) ||
          std::ranges::find(adoption.not_ours, pid) != adoption.not_ours.end()) {
        continue;
      }
      if (waitpid(pid, nullptr, WNOHANG) != 0) {
        // It is dead, and may have left others since the children were looked for.
        found_new = true;
        continue;
      }
      if (IsLiveGroup(getpgid(pid))) continue;
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
