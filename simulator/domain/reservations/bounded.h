#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/instant.h"
#include "domain/table.h"

namespace pcsim {

/// Makes room for one more row: forgets those created until `expired` and, beyond the bound, the
/// oldest. Rows have `created`.
template <class T>
void make_room(Table<T>& table, std::size_t most, Instant expired) {
  std::vector<std::string> gone;
  std::string oldest;
  Instant created = 0;
  for (const auto& [id, row] : table) {
    if (row.created <= expired) {
      gone.push_back(id);
    } else if (oldest.empty() || row.created < created) {
      oldest = id;
      created = row.created;
    }
  }
  if (gone.empty() && table.size() >= most) {
    gone.push_back(oldest);
  }
  for (const std::string& id : gone) {
    table.erase(id);
  }
}

}  // namespace pcsim
