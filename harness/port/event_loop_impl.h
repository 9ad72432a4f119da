#pragma once

#include <uv.h>

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "harness/port/event_loop.h"

namespace sigvet {

/// Closes a handle of libuv, which frees it once the loop knows nothing of it any more.
struct CloseHandle {
  template <typename T>
  void operator()(T* handle) const {
    uv_close(reinterpret_cast<uv_handle_t*>(handle),
             [](uv_handle_t* closed) { delete reinterpret_cast<T*>(closed); });
  }
};

/// A handle that was initialised.
template <typename T>
using UvHandle = std::unique_ptr<T, CloseHandle>;

/// Something that is done once before the loop waits for the next event.
class BeforeWaiting {
 public:
  BeforeWaiting() = default;
  virtual ~BeforeWaiting() = default;
  BeforeWaiting(const BeforeWaiting&) = delete;
  BeforeWaiting& operator=(const BeforeWaiting&) = delete;

  virtual void OnBeforeWaiting() = 0;
};

struct EventLoop::Impl {
  uv_loop_t uv = {};
  UvHandle<uv_prepare_t> prepare;
  /// Each once. Who goes before the loop waits takes itself out.
  std::vector<BeforeWaiting*> before_waiting;
  /// Where all pipes are read into, one after the other: what was read is used up at once.
  std::array<char, std::size_t{64} << 10> read_buffer;
};

}  // namespace sigvet
