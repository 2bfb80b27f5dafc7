#include <csignal>
#include <cstdio>

#include "server/command.h"
#include "server/options.h"
#include "server/token_client.h"

namespace pcsim {
namespace {

constexpr const char* kHelp =
    "usage: pcsim token (--app ID | --user NAME) --resource URL [--ready-file FILE]\n"
    "Prints a token of a running simulator, and nothing else.\n"
    "  --app ID             an application's client id\n"
    "  --user NAME          a user principal name; an application of its tenant signs it in\n"
    "  --resource URL       what the token is for, such as\n"
    "                       https://api.partnercenter.microsoft.com\n"
    "  --ready-file FILE    the simulator's ready file (ready.json in the default state\n"
    "                       directory)\n";

}  // namespace

int token_command(const Arguments& arguments) {
  std::string ready_file = ready_file_in(default_state_dir()).string();
  std::string application;
  std::string user;
  std::string resource;
  OptionReader reader{"token"};
  reader.text("--app", application);
  reader.text("--user", user);
  reader.text("--resource", resource);
  reader.text("--ready-file", ready_file);
  if (const auto code = read_options(reader, kHelp, arguments)) {
    return *code;
  }
  if (application.empty() == user.empty()) {
    return refuse("give one of --app ID and --user NAME; `pcsim env` lists both.");
  }
  if (resource.empty()) {
    return refuse(
        "give --resource URL, for example --resource https://api.partnercenter.microsoft.com.");
  }
  const auto facts = read_ready_file(ready_file);
  if (const auto* problem = std::get_if<std::string>(&facts)) {
    return refuse(*problem);
  }
  const auto& known = std::get<ReadyFacts>(facts);
  // A simulator that closes the connection is told of in a sentence.
  std::signal(SIGPIPE, SIG_IGN);
  const TokenAnswer answer = user.empty() ? application_token(known, application, resource)
                                          : user_token(known, user, resource);
  if (!answer.problem.empty()) {
    return fail(answer.problem);
  }
  std::puts(answer.token.c_str());
  return 0;
}

}  // namespace pcsim
