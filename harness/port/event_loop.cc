#include "harness/port/event_loop.h"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <utility>

#include "base/check.h"
#include "harness/port/event_loop_impl.h"

namespace sigvet {
namespace {

void OnPrepare(uv_prepare_t* prepare) {
  auto& loop = *static_cast<EventLoop::Impl*>(prepare->data);
  // By index: one may add itself or another meanwhile.
  for (std::size_t i = 0; i < loop.before_waiting.size(); ++i) {
    BeforeWaiting* task = std::exchange(loop.before_waiting[i], nullptr);
    if (task != nullptr) task->OnBeforeWaiting();
  }
  loop.before_waiting.clear();
}

}  // namespace

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {
  std::signal(SIGPIPE, SIG_IGN);
  Check(uv_loop_init(&impl_->uv) == 0, "there can't be another event loop");
  impl_->prepare.reset(new uv_prepare_t);
  uv_prepare_init(&impl_->uv, impl_->prepare.get());
  impl_->prepare->data = impl_.get();
  uv_prepare_start(impl_->prepare.get(), OnPrepare);
  uv_unref(reinterpret_cast<uv_handle_t*>(impl_->prepare.get()));
}

EventLoop::~EventLoop() {
  impl_->prepare.reset();
  // Frees what was closed after the last turn.
  uv_run(&impl_->uv, UV_RUN_NOWAIT);
  Check(uv_loop_close(&impl_->uv) == 0, "an event loop goes before its processes and timers");
}

void EventLoop::Run() { uv_run(&impl_->uv, UV_RUN_DEFAULT); }

struct Timer::Impl {
  uv_timer_t handle = {};
  std::function<void()> on_time;
};

Timer::Timer(EventLoop& loop, std::function<void()> on_time) : impl_(std::make_unique<Impl>()) {
  impl_->on_time = std::move(on_time);
  impl_->handle.data = impl_.get();
  uv_timer_init(&loop.impl().uv, &impl_->handle);
}

Timer::~Timer() {
  // Not before the loop has let go of the handle; the callback may be what runs just now.
  uv_close(reinterpret_cast<uv_handle_t*>(&impl_.release()->handle),
           [](uv_handle_t* closed) { delete static_cast<Impl*>(closed->data); });
}

void Timer::Set(std::chrono::milliseconds delay) {
  // The loop's clock stands still while callbacks run.
  uv_update_time(impl_->handle.loop);
  const auto delay_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(delay.count(), 0));
  const auto on_time = [](uv_timer_t* timer) { static_cast<Impl*>(timer->data)->on_time(); };
  uv_timer_start(&impl_->handle, on_time, delay_ms, 0);
}

void Timer::Stop() { uv_timer_stop(&impl_->handle); }

}  // namespace sigvet
