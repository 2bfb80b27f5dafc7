// Host tool that runs during the build and writes C++ from the files of the repository.
//   generate_tables errors OUT.inc TABLE.csv...
//   generate_tables embed OUT.cc FUNCTION ROOT FOLDER...
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw std::runtime_error(path.string() + ": cannot be read");
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const fs::path& path, const std::string& content) {
  if (path.has_parent_path()) {
    fs::create_directories(path.parent_path());
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) {
    throw std::runtime_error(path.string() + ": cannot be written");
  }
}

// A C++ string literal. UTF-8 is kept; control bytes become three octal digits, which a digit
// behind them cannot extend.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n\"\n\"";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += '\\';
      out += static_cast<char>('0' + (byte >> 6U));
      out += static_cast<char>('0' + ((byte >> 3U) & 7U));
      out += static_cast<char>('0' + (byte & 7U));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string one_line(std::string text) {
  std::erase(text, '\n');
  return text;
}

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

[[noreturn]] void fail(const std::string& file, std::size_t line, const std::string& message) {
  throw std::runtime_error(file + ":" + std::to_string(line) + ": " + message);
}

// Reads RFC 4180 text: quoted cells may hold commas, doubled quotes and line ends.
class CsvReader {
 public:
  CsvReader(const std::string& file, std::string_view text) : file_(file), text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
      text_.remove_prefix(3);
    }
  }

  std::vector<Row> rows() {
    std::vector<Row> out;
    while (at_ < text_.size()) {
      Row row = next_row();
      if (row.cells.size() != 1 || !row.cells.front().empty()) {
        out.push_back(std::move(row));
      }
    }
    return out;
  }

 private:
  Row next_row() {
    Row row{line_, {}};
    for (;;) {
      row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      end_of_line();
      return row;
    }
  }

  std::string plain() {
    std::string cell;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') {
        fail(file_, line_, "quote inside a cell that is not quoted");
      }
      cell += text_[at_++];
    }
    return cell;
  }

  std::string quoted() {
    const std::size_t start = line_;
    std::string cell;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return cell;
        }
        ++at_;
      } else if (text_[at_] == '\n') {
        ++line_;
      }
      cell += text_[at_];
    }
    fail(file_, start, "quoted cell without its closing quote");
  }

  void end_of_line() {
    if (at_ < text_.size() && text_[at_] == '\r') {
      ++at_;
    }
    if (at_ < text_.size()) {
      if (text_[at_] != '\n') {
        fail(file_, line_, "text after a quoted cell");
      }
      ++at_;
      ++line_;
    }
  }

  std::string file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool is_identifier(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::ranges::all_of(
             text, [](unsigned char c) { return c == '_' || (c < 0x80 && std::isalnum(c) != 0); });
}

bool is_status(std::string_view text) {
  return text.size() == 3 && text.front() != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

const std::vector<std::string> kHeader = {"name",    "surface", "status", "code",
                                          "text_en", "text_fr", "source"};

std::string error_line(const std::string& file, const Row& row,
                       std::map<std::string, std::string>& seen) {
  if (row.cells.size() != kHeader.size()) {
    fail(file, row.line,
         "expected " + std::to_string(kHeader.size()) + " columns, found " +
             std::to_string(row.cells.size()));
  }
  const std::string& name = row.cells[0];
  if (!is_identifier(name)) {
    fail(file, row.line, "name '" + name + "' is not an identifier");
  }
  if (!is_identifier(row.cells[1])) {
    fail(file, row.line, "surface '" + row.cells[1] + "' is not an identifier");
  }
  if (!is_status(row.cells[2])) {
    fail(file, row.line, "status '" + row.cells[2] + "' is not an HTTP status");
  }
  const auto [known, fresh] = seen.emplace(name, file + ":" + std::to_string(row.line));
  if (!fresh) {
    fail(file, row.line, "name '" + name + "' is already in " + known->second);
  }
  std::string out = "PCSIM_ERROR(" + name + ", " + row.cells[1] + ", " + row.cells[2];
  for (std::size_t i = 3; i < row.cells.size(); ++i) {
    // Adjacent literals stay on the line of their row.
    out += ", " + one_line(literal(row.cells[i]));
  }
  return out + ")\n";
}

void write_errors(const fs::path& out, std::span<const std::string> tables) {
  std::string text = "// Generated from fixtures/errors; do not edit.\n";
  std::map<std::string, std::string> seen;
  std::vector<std::string> sorted(tables.begin(), tables.end());
  std::ranges::sort(sorted);
  for (const std::string& file : sorted) {
    const std::string content = read_file(file);
    const std::vector<Row> rows = CsvReader(file, content).rows();
    if (rows.empty() || rows.front().cells != kHeader) {
      fail(file, 1, "expected the header name,surface,status,code,text_en,text_fr,source");
    }
    for (const Row& row : std::span(rows).subspan(1)) {
      text += error_line(file, row, seen);
    }
  }
  write_file(out, text);
}

/// A table as calls of a macro, each cell a literal. `header` holds the expected column names.
void write_rows(const fs::path& out, const std::string& macro, const std::string& file,
                std::span<const std::string> header) {
  const std::string content = read_file(file);
  const std::vector<Row> rows = CsvReader(file, content).rows();
  if (rows.empty() || !std::ranges::equal(rows.front().cells, header)) {
    fail(file, 1, "the header is not the one the program expects");
  }
  std::string text = "// Generated from a table of the repository; do not edit.\n";
  for (const Row& row : std::span(rows).subspan(1)) {
    if (row.cells.size() != header.size()) {
      fail(file, row.line, "expected " + std::to_string(header.size()) + " columns");
    }
    text += macro + "(";
    for (std::size_t at = 0; at < row.cells.size(); ++at) {
      text += (at == 0 ? "" : ", ") + one_line(literal(row.cells[at]));
    }
    text += ")\n";
  }
  write_file(out, text);
}

std::vector<fs::path> files_below(const fs::path& root, std::span<const std::string> folders) {
  std::vector<fs::path> out;
  for (const std::string& folder : folders) {
    if (!fs::is_directory(root / folder)) {
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) {
        out.push_back(entry.path().lexically_relative(root));
      }
    }
  }
  // Sorted as text, so that a lookup may search by halves.
  std::ranges::sort(out, {}, [](const fs::path& path) { return path.generic_string(); });
  return out;
}

void write_embedded(const fs::path& out, const std::string& function, const fs::path& root,
                    std::span<const std::string> folders) {
  const std::vector<fs::path> files = files_below(root, folders);
  std::string text =
      "// Generated from the repository's folders; do not edit.\n"
      "#include \"pcsim/embedded.h\"\n\nnamespace pcsim {\n\n";
  std::string entries;
  for (const fs::path& file : files) {
    const std::string content = read_file(root / file);
    entries += "    {" + one_line(literal(file.generic_string())) + ", {" + literal(content) +
               ", " + std::to_string(content.size()) + "U}},\n";
  }
  if (entries.empty()) {
    text += "std::span<const EmbeddedFile> " + function + "() { return {}; }\n";
  } else {
    text += "static constexpr EmbeddedFile kFiles[] = {\n" + entries + "};\n\n";
    text += "std::span<const EmbeddedFile> " + function + "() { return kFiles; }\n";
  }
  write_file(out, text + "\n}  // namespace pcsim\n");
}

int run(std::span<const std::string> args) {
  if (args.size() >= 2 && args[0] == "errors") {
    write_errors(args[1], args.subspan(2));
    return 0;
  }
  if (args.size() >= 5 && args[0] == "rows") {
    write_rows(args[1], args[2], args[3], args.subspan(4));
    return 0;
  }
  if (args.size() >= 5 && args[0] == "embed") {
    write_embedded(args[1], args[2], args[3], args.subspan(4));
    return 0;
  }
  std::cerr << "usage: generate_tables errors OUT.inc TABLE.csv...\n"
               "       generate_tables rows OUT.inc MACRO TABLE.csv COLUMN...\n"
               "       generate_tables embed OUT.cc FUNCTION ROOT FOLDER...\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> args(argv + 1, argv + argc);
    return run(args);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
