#include "cli/new_folder.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace sigvet {
namespace {

namespace fs = std::filesystem;

Error CantWrite(const std::string& path, const std::string& why) {
  return {"can't be written: " + why, {path}};
}

}  // namespace

Result<NewFolder> NewFolder::Create(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    return Error{"is no folder", {path}, "name a new one"};
  }
  if (fs::exists(status) && !fs::is_empty(path, error) && !error) {
    return Error{"this folder is not empty", {path}, "name a new one"};
  }
  // Without the slash that may end it, and not a link: another folder can't take its place.
  fs::path target = fs::exists(status) ? fs::canonical(path, error)
                                       : fs::absolute(path, error).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  std::string temporary = target.string() + ".part-XXXXXX";
  if (error || mkdtemp(temporary.data()) == nullptr) {
    return CantWrite(path, std::strerror(errno));
  }
  const mode_t mask = umask(0);
  umask(mask);
  chmod(temporary.c_str(), 0777 & ~mask);
  return NewFolder(target.string(), std::move(temporary));
}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Result<std::monostate> NewFolder::Write(std::string_view name, std::string_view text) const {
  const std::string path = temporary_ + "/" + std::string(name);
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return CantWrite(path_ + "/" + std::string(name), std::strerror(errno));
  return std::monostate();
}

Result<std::monostate> NewFolder::Commit() {
  std::error_code error;
  fs::rename(temporary_, path_, error);
  if (error) return CantWrite(path_, error.message());
  temporary_.clear();
  return std::monostate();
}

}  // namespace sigvet
