#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Containers of a world: a frozen base that copies share, and what was written since.
/// Copying a frozen one costs a reference count, whatever its size.
namespace pcsim {

/// Rows by key, in key order. References to a row stay good until that row is written.
template <class T>
class Table {
  using Base = std::map<std::string, T>;
  using Own = std::map<std::string, std::optional<T>>;  // an empty value hides the base's row

 public:
  struct Entry {
    const std::string& first;
    const T& second;
  };

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Entry;

    Iterator() = default;
    Iterator(typename Base::const_iterator base, typename Base::const_iterator base_end,
             typename Own::const_iterator own, typename Own::const_iterator own_end)
        : base_(base), base_end_(base_end), own_(own), own_end_(own_end) {
      settle();
    }

    Entry operator*() const {
      return own_first() ? Entry{own_->first, *own_->second} : Entry{base_->first, base_->second};
    }
    Iterator& operator++() {
      step();
      settle();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const {
      return base_ == other.base_ && own_ == other.own_;
    }

   private:
    bool own_first() const {
      return own_ != own_end_ && (base_ == base_end_ || own_->first <= base_->first);
    }
    void step() {
      if (!own_first()) {
        ++base_;
        return;
      }
      if (base_ != base_end_ && base_->first == own_->first) {
        ++base_;
      }
      ++own_;
    }
    void settle() {
      while (own_first() && !own_->second) {
        step();
      }
    }

    typename Base::const_iterator base_{}, base_end_{};
    typename Own::const_iterator own_{}, own_end_{};
  };

  Iterator begin() const { return {base().begin(), base().end(), own_.begin(), own_.end()}; }
  Iterator end() const { return {base().end(), base().end(), own_.end(), own_.end()}; }

  /// The row of `key`, or null.
  const T* find(const std::string& key) const {
    if (const auto own = own_.find(key); own != own_.end()) {
      return own->second ? &*own->second : nullptr;
    }
    const auto found = base().find(key);
    return found == base().end() ? nullptr : &found->second;
  }

  /// The row of `key` for writing, or null; a shared row is copied first.
  T* edit(const std::string& key) {
    ++writes_;
    if (const auto own = own_.find(key); own != own_.end()) {
      return own->second ? &*own->second : nullptr;
    }
    const auto found = base().find(key);
    return found == base().end() ? nullptr : &*own_.emplace(key, found->second).first->second;
  }

  /// Inserts or replaces.
  T& put(const std::string& key, T row) {
    ++writes_;
    auto& slot = own_[key];
    slot = std::move(row);
    return *slot;
  }

  void erase(const std::string& key) {
    ++writes_;
    if (base().count(key) != 0) {
      own_[key].reset();
    } else {
      own_.erase(key);
    }
  }

  std::size_t size() const {
    std::size_t rows = base().size();
    for (const auto& [key, row] : own_) {
      const bool known = base().count(key) != 0;
      rows += row && !known ? 1U : 0U;
      rows -= !row && known ? 1U : 0U;
    }
    return rows;
  }
  bool empty() const { return begin() == end(); }

  /// How often a row was added, taken out, or handed out for writing.
  std::uint64_t writes() const { return writes_; }

  /// Makes the present rows the shared base.
  void freeze() {
    if (own_.empty()) {
      return;
    }
    auto rows = std::make_shared<Base>(base());
    for (auto& [key, row] : own_) {
      if (row) {
        rows->insert_or_assign(key, std::move(*row));
      } else {
        rows->erase(key);
      }
    }
    base_ = std::move(rows);
    own_.clear();
  }

 private:
  const Base& base() const {
    static const Base kEmpty;
    return base_ ? *base_ : kEmpty;
  }

  std::shared_ptr<const Base> base_{};
  Own own_{};
  std::uint64_t writes_ = 0;
};

/// Rows in the order they were added; none is changed or removed.
template <class T>
class Ledger {
 public:
  class Iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    Iterator() = default;
    Iterator(const Ledger* log, std::size_t at) : log_(log), at_(at) {}
    const T& operator*() const { return (*log_)[at_]; }
    const T* operator->() const { return &(*log_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    Iterator& operator--() {
      --at_;
      return *this;
    }
    Iterator operator--(int) {
      Iterator before = *this;
      --at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Ledger* log_ = nullptr;
    std::size_t at_ = 0;
  };

  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }
  std::reverse_iterator<Iterator> rbegin() const { return std::make_reverse_iterator(end()); }
  std::reverse_iterator<Iterator> rend() const { return std::make_reverse_iterator(begin()); }

  const T& operator[](std::size_t at) const {
    const std::size_t frozen = base_ ? base_->size() : 0;
    return at < frozen ? (*base_)[at] : own_[at - frozen];
  }
  std::size_t size() const { return (base_ ? base_->size() : 0) + own_.size(); }
  bool empty() const { return size() == 0; }
  const T& back() const { return (*this)[size() - 1]; }
  void push_back(T row) {
    ++writes_;
    own_.push_back(std::move(row));
  }

  /// How often a row was added.
  std::uint64_t writes() const { return writes_; }

  /// Makes the present rows the shared base.
  void freeze() {
    if (own_.empty()) {
      return;
    }
    auto rows =
        base_ ? std::make_shared<std::vector<T>>(*base_) : std::make_shared<std::vector<T>>();
    rows->insert(rows->end(), std::make_move_iterator(own_.begin()),
                 std::make_move_iterator(own_.end()));
    base_ = std::move(rows);
    own_.clear();
  }

 private:
  std::shared_ptr<const std::vector<T>> base_{};
  std::vector<T> own_{};
  std::uint64_t writes_ = 0;
};

}  // namespace pcsim
