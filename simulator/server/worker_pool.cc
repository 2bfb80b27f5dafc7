#include "server/worker_pool.h"

#include <system_error>
#include <utility>

namespace pcsim {

void WorkerPool::enqueue(std::function<void()> task) {
  const std::scoped_lock lock{mutex_};
  tasks_.push_back(std::move(task));
  if (idle_ >= tasks_.size()) {
    changed_.notify_one();
  } else if (threads_.size() < most_) {
    try {
      threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      // No thread to be had: the connection waits for one of the others.
      if (threads_.empty()) {
        throw;
      }
    }
  }
}

void WorkerPool::work() {
  std::unique_lock lock{mutex_};
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return !tasks_.empty() || closing_; });
    --idle_;
    if (tasks_.empty()) {
      return;
    }
    const std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

void WorkerPool::shutdown() {
  std::vector<std::thread> threads;
  {
    const std::scoped_lock lock{mutex_};
    closing_ = true;
    threads.swap(threads_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace pcsim
