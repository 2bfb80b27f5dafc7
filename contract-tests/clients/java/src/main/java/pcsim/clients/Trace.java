package pcsim.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What the story shares with the harness: its steps, and what it expects. */
final class Trace {
  private Trace() {}

  /** Begins a call; what the simulator logs from here on belongs to it. */
  static void step(String name) {
    final String line = "{\"step\": \"" + name.replace("\"", "\\\"") + "\"}\n";
    try {
      Files.write(
          Path.of(System.getenv("PCSIM_TRACE")),
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
    } catch (IOException problem) {
      throw new IllegalStateException(problem);
    }
  }

  static void expect(String what, Object got, Object wanted) {
    if (!Objects.equals(got, wanted)) {
      throw new AssertionError(what + ": expected " + wanted + ", got " + got);
    }
  }
}
