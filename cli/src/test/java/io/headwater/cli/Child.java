package io.headwater.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, with its output in a pipe to read from. */
record Child(Process process, Path messages) implements AutoCloseable {

    static Child start(Path messages, String... args) throws IOException {
        return start(System.getProperty("java.class.path"), messages, args);
    }

    /** With this class path. */
    static Child start(String classPath, Path messages, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-cp",
                classPath,
                HeadwaterCommand.class.getName()));
        command.addAll(List.of(args));
        return new Child(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(messages.toFile()))
                        .start(),
                messages);
    }

    /** Whole lines, at most so many; one that is cut off by the end is none. */
    List<String> lines(int most) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader();
        StringBuilder line = new StringBuilder();
        while (lines.size() < most) {
            int c = reader.read();
            if (c < 0) {
                return lines;
            }
            if (c == '\n') {
                lines.add(line.toString());
                line.setLength(0);
            } else {
                line.append((char) c);
            }
        }
        return lines;
    }

    /** SIGTERM. The pipe stays open, other than with {@link Process#destroy}. */
    void stop() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    String said() {
        try {
            return Files.readString(messages);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
