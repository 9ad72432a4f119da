#include "harness/port/process.h"

#include <fcntl.h>
#include <string.h>  // sigabbrev_np is not in <cstring>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "base/secret.h"
#include "harness/port/descriptor.h"
#include "harness/port/event_loop_impl.h"
#include "harness/port/find_program.h"
#include "harness/port/orphans.h"
#include "harness/port/write_queue.h"

namespace sigvet {
namespace {

using std::chrono::milliseconds;

/// How often it is looked whether all is over once a process has exited. The loop reads what there
/// is between two looks, however late they are.
constexpr milliseconds kLookInterval{5};
/// After so many looks its output is read no longer: somebody who escaped holds it open.
constexpr int kMaxLooksForOutput = 40;
/// After so many looks orphans that go on are given up.
constexpr int kMaxLooksForOrphans = 400;

std::string_view PathOf(const ProcessSpec& spec) {
  constexpr std::string_view kPath = "PATH=";
  for (const std::string_view variable : spec.environment) {
    if (variable.starts_with(kPath)) return variable.substr(kPath.size());
  }
  return {};
}

Error CantStart(const std::string& program, int uv_error) {
  if (uv_error == UV_ENOENT) {
    return {program + " can't be started: the interpreter in its first line is not there"};
  }
  return {program + " can't be started: " + uv_strerror(uv_error)};
}

std::optional<Error> CheckFolder(const std::string& folder) {
  std::error_code error;
  const auto status = std::filesystem::status(folder, error);
  if (!std::filesystem::exists(status)) return Error{"the folder " + folder + " is not there"};
  if (!std::filesystem::is_directory(status)) return Error{folder + " is not a folder"};
  return std::nullopt;
}

/// What execve(2) takes.
std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  // libuv's interface is not const; it does not write to them.
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

std::string ToString(const ExitStatus& status) {
  if (status.signal == 0) return "exit code " + std::to_string(status.code);
  const char* name = sigabbrev_np(status.signal);
  if (name == nullptr) return "killed by signal " + std::to_string(status.signal);
  return std::string("killed by SIG") + name + " (" + sigdescr_np(status.signal) + ")";
}

struct Process::Impl : BeforeWaiting {
  Impl(EventLoop& event_loop, Callbacks given_callbacks)
      : loop(event_loop.impl()),
        callbacks(std::move(given_callbacks)),
        kill_timer(event_loop, [this] { kill(-pid, SIGKILL); }),
        end_timer(event_loop, [this] { LookForEnd(); }) {}
  ~Impl() override {
    std::ranges::replace(loop.before_waiting, static_cast<BeforeWaiting*>(this),
                         static_cast<BeforeWaiting*>(nullptr));
  }

  std::optional<Error> Spawn(const std::string& program, const ProcessSpec& spec);
  std::optional<int> OpenStreams(Descriptor (&theirs)[3]);
  UvHandle<uv_pipe_t> OpenForReading(int fd, uv_read_cb on_read);

  void OnBeforeWaiting() override {
    flushes_before_waiting = false;
    Flush();
  }
  void Flush();
  void WaitForInput(int events);
  void InputIsClosed();
  void CloseInputNow();

  void OnOutput(std::string_view bytes);
  void OnOutputEnd();
  void OnStderr(std::string_view bytes);

  void OnLeaderExit(ExitStatus exit_status);
  void LookForEnd();

  EventLoop::Impl& loop;
  Callbacks callbacks;
  pid_t pid = 0;
  UvHandle<uv_process_t> process;
  UvHandle<uv_pipe_t> output;
  UvHandle<uv_pipe_t> errors;
  Descriptor input;
  /// Tells when `input` can be written to, and when nobody is left who reads it.
  UvHandle<uv_poll_t> input_poll;
  WriteQueue to_send;
  std::string stderr_tail;
  Timer kill_timer;
  Timer end_timer;
  ExitStatus status = {};
  int looks = 0;
  bool has_exited = false;
  bool is_ending = false;
  bool is_done = false;
  bool closes_input = false;
  bool waits_to_write = false;
  bool flushes_before_waiting = false;
};

UvHandle<uv_pipe_t> Process::Impl::OpenForReading(int fd, uv_read_cb on_read) {
  UvHandle<uv_pipe_t> pipe(new uv_pipe_t);
  uv_pipe_init(&loop.uv, pipe.get(), 0);
  pipe->data = this;
  Check(uv_pipe_open(pipe.get(), fd) == 0, "a pipe is no pipe");
  const auto on_room = [](uv_handle_t* handle, std::size_t, uv_buf_t* room) {
    auto& buffer = static_cast<Impl*>(handle->data)->loop.read_buffer;
    *room = uv_buf_init(buffer.data(), static_cast<unsigned>(buffer.size()));
  };
  uv_read_start(reinterpret_cast<uv_stream_t*>(pipe.get()), on_room, on_read);
  return pipe;
}

/// Sets `theirs` to the child's ends. Not socket pairs, which libuv would make: a program may ask
/// what its standard output is, or open /dev/stdout. The error is libuv's.
std::optional<int> Process::Impl::OpenStreams(Descriptor (&theirs)[3]) {
  Descriptor ours[3];
  for (int stream = 0; stream < 3; ++stream) {
    const bool is_input = stream == 0;
    int ends[2] = {-1, -1};
    const int error =
        uv_pipe(ends, is_input ? 0 : UV_NONBLOCK_PIPE, is_input ? UV_NONBLOCK_PIPE : 0);
    if (error != 0) return error;
    theirs[stream].Reset(ends[is_input ? 0 : 1]);
    ours[stream].Reset(ends[is_input ? 1 : 0]);
  }
  input.Reset(ours[0].Release());
  input_poll.reset(new uv_poll_t);
  Check(uv_poll_init(&loop.uv, input_poll.get(), input.get()) == 0, "a pipe can't be watched");
  input_poll->data = this;
  WaitForInput(UV_DISCONNECT);
  output = OpenForReading(ours[1].Release(),
                          [](uv_stream_t* stream, ssize_t size, const uv_buf_t* bytes) {
                            auto& self = *static_cast<Impl*>(stream->data);
                            if (size > 0)
                              self.OnOutput({bytes->base, static_cast<std::size_t>(size)});
                            if (size < 0) self.OnOutputEnd();
                          });
  errors = OpenForReading(ours[2].Release(),
                          [](uv_stream_t* stream, ssize_t size, const uv_buf_t* bytes) {
                            auto& self = *static_cast<Impl*>(stream->data);
                            if (size > 0)
                              self.OnStderr({bytes->base, static_cast<std::size_t>(size)});
                            if (size >= 0) return;
                            self.errors.reset();
                            if (self.has_exited && self.output == nullptr) self.LookForEnd();
                          });
  return std::nullopt;
}

std::optional<Error> Process::Impl::Spawn(const std::string& program, const ProcessSpec& spec) {
  Descriptor theirs[3];
  if (const auto error = OpenStreams(theirs)) return CantStart(program, *error);
  uv_stdio_container_t streams[3];
  for (int i = 0; i < 3; ++i) {
    streams[i].flags = UV_INHERIT_FD;
    streams[i].data.fd = theirs[i].get();
  }
  std::vector<char*> arguments = Pointers(spec.arguments);
  std::vector<char*> environment = Pointers(spec.environment);
  uv_process_options_t options = {};
  options.exit_cb = [](uv_process_t* handle, std::int64_t code, int signal) {
    static_cast<Impl*>(handle->data)->OnLeaderExit({static_cast<int>(code), signal});
  };
  options.file = program.c_str();
  options.args = arguments.data();
  options.env = environment.data();
  options.cwd = spec.folder.c_str();
  options.flags = UV_PROCESS_DETACHED;
  options.stdio_count = 3;
  options.stdio = streams;

  // What others opened without O_CLOEXEC, such as the files that reports are written to.
  close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  const std::scoped_lock lock(LiveGroupsMutex());
  process.reset(new uv_process_t);
  process->data = this;
  const int error = uv_spawn(&loop.uv, process.get(), &options);
  if (error != 0) return CantStart(program, error);
  pid = process->pid;
  Check(AddLiveGroup(pid), "more processes run than there can be jobs");
  return std::nullopt;
}

void Process::Impl::Flush() {
  if (input_poll == nullptr) return;
  while (!to_send.rest().empty()) {
    const std::string_view rest = to_send.rest();
    const ssize_t size = write(input.get(), rest.data(), rest.size());
    if (size >= 0) {
      to_send.Drop(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN) {
      if (!waits_to_write) WaitForInput(UV_WRITABLE | UV_DISCONNECT);
      return;
    } else if (errno != EINTR) {
      return InputIsClosed();
    }
  }
  if (closes_input) {
    CloseInputNow();
  } else if (waits_to_write) {
    WaitForInput(UV_DISCONNECT);
  }
}

void Process::Impl::WaitForInput(int events) {
  waits_to_write = (events & UV_WRITABLE) != 0;
  uv_poll_start(input_poll.get(), events, [](uv_poll_t* poll, int error, int) {
    // Nobody reads it any more: epoll(7) tells that by EPOLLERR, libuv passes it on as an error.
    auto& self = *static_cast<Impl*>(poll->data);
    return error != 0 ? self.InputIsClosed() : self.Flush();
  });
}

void Process::Impl::InputIsClosed() {
  CloseInputNow();
  if (callbacks.on_input_closed) callbacks.on_input_closed();
}

void Process::Impl::CloseInputNow() {
  to_send.Clear();
  input_poll.reset();
  input.Reset();
}

void Process::Impl::OnOutput(std::string_view bytes) {
  if (!is_ending && callbacks.on_output) callbacks.on_output(bytes);
}

void Process::Impl::OnOutputEnd() {
  output.reset();
  if (has_exited) {
    if (errors == nullptr) LookForEnd();
  } else if (!is_ending && callbacks.on_output_closed) {
    callbacks.on_output_closed();
  }
}

void Process::Impl::OnStderr(std::string_view bytes) {
  if (stderr_tail.size() + bytes.size() > 2 * kStderrTailBytes) {
    stderr_tail.erase(0, stderr_tail.size() - std::min(stderr_tail.size(), kStderrTailBytes));
  }
  stderr_tail += bytes;
}

void Process::Impl::OnLeaderExit(ExitStatus exit_status) {
  has_exited = true;
  status = exit_status;
  // As long as anybody is in the group no other process gets its number.
  kill(-pid, SIGKILL);
  RemoveLiveGroup(pid);
  kill_timer.Stop();
  CloseInputNow();
  process.reset();
  if (output == nullptr && errors == nullptr) return LookForEnd();
  end_timer.Set(kLookInterval);
}

void Process::Impl::LookForEnd() {
  ++looks;
  const bool no_orphans = EndOrphans() || looks > kMaxLooksForOrphans;
  if (looks > kMaxLooksForOutput) {
    output.reset();
    errors.reset();
  }
  if (!no_orphans || output != nullptr || errors != nullptr) return end_timer.Set(kLookInterval);
  is_done = true;
  end_timer.Stop();
  // It may destroy this.
  const auto on_exit = std::move(callbacks.on_exit);
  if (on_exit) on_exit(status);
}

Result<std::unique_ptr<Process>> Process::Start(EventLoop& loop, const ProcessSpec& spec,
                                                Callbacks callbacks) {
  Check(!spec.arguments.empty(), "a process without a program");
  if (const auto error = CheckFolder(spec.folder)) return *error;
  const auto program = FindProgram(spec.arguments.front(), PathOf(spec), spec.folder);
  if (!program) return program.error();
  std::unique_ptr<Process> process(new Process(std::make_unique<Impl>(loop, std::move(callbacks))));
  if (const auto error = process->impl_->Spawn(*program, spec)) {
    process->impl_->is_done = true;
    return *error;
  }
  return process;
}

Process::Process(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Process::~Process() { Check(impl_->is_done, "a process is let go while it runs"); }

void Process::Send(std::string bytes) {
  if (impl_->input_poll != nullptr && !impl_->closes_input) {
    impl_->to_send.Add(bytes);
    // All that is sent in one turn of the loop goes out at once.
    if (!std::exchange(impl_->flushes_before_waiting, true)) {
      impl_->loop.before_waiting.push_back(impl_.get());
    }
  }
  SecureWipe(bytes.data(), bytes.size());
}

void Process::CloseInput() {
  impl_->closes_input = true;
  if (impl_->input_poll != nullptr && impl_->to_send.rest().empty()) impl_->CloseInputNow();
}

bool Process::End() {
  if (impl_->has_exited) return false;
  if (std::exchange(impl_->is_ending, true)) return true;
  impl_->CloseInputNow();
  kill(-impl_->pid, SIGTERM);
  impl_->kill_timer.Set(kTermGrace);
  return true;
}

std::string Process::StderrTail() const {
  const std::string& all = impl_->stderr_tail;
  return all.substr(all.size() - std::min(all.size(), kStderrTailBytes));
}

bool Process::has_exited() const { return impl_->has_exited; }

pid_t Process::pid() const { return impl_->pid; }

}  // namespace sigvet
