#pragma once

#include <sys/types.h>

#include <mutex>

namespace sigvet {

/// The process groups that were started and have not ended, in the whole program. For Process
/// alone; process.h has KillAllProcessGroups() and AdoptOrphans().
inline constexpr int kMaxLiveGroups = 1024;

/// False where there are kMaxLiveGroups already.
bool AddLiveGroup(pid_t group);
void RemoveLiveGroup(pid_t group);

/// To be held from before a child is started until it is in the list: a child that is not in it
/// counts as an orphan.
std::mutex& LiveGroupsMutex();

/// Takes away those of the handed over that are dead, so that a port that leaves many behind does
/// not fill the table of processes while it runs.
void ReapOrphans();

/// Kills all children of this program that were handed to it, and reaps those that are dead: that
/// are no leaders and no members of a live group. Whether none is left. True where orphans are not
/// adopted.
bool EndOrphans();

}  // namespace sigvet
