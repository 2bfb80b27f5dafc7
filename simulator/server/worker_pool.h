#pragma once

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pcsim {

/// Threads for connections, made when a connection finds none idle: starting costs nothing and
/// a quiet simulator stays small.
class WorkerPool : public httplib::TaskQueue {
 public:
  explicit WorkerPool(std::size_t most) : most_(most) {}

  void enqueue(std::function<void()> task) override;
  /// Lets the queued tasks finish and joins the threads.
  void shutdown() override;

 private:
  void work();

  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool closing_ = false;
};

}  // namespace pcsim
