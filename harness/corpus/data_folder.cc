#include "harness/corpus/data_folder.h"

#include <filesystem>
#include <system_error>

namespace sigvet {

namespace fs = std::filesystem;

std::optional<std::string> FindDataFolder(const std::string& name,
                                          bool (*is_right)(const std::string& folder),
                                          const std::string& program) {
  if (is_right(name)) return name;
  std::error_code error;
  const fs::path folder = fs::canonical(program, error).parent_path();
  if (error) return std::nullopt;
  // The program lies in SOURCE/build/PRESET or in PREFIX/bin.
  for (const fs::path& place : {folder.parent_path().parent_path() / name,
                                folder.parent_path() / "share" / "sigvet" / name}) {
    if (is_right(place.string())) return place.string();
  }
  return std::nullopt;
}

}  // namespace sigvet
