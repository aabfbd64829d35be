package io.headwater.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a separate process, with its output in a pipe to read from. */
record Child(Process process, Path messages) implements AutoCloseable {

    static Child start(Path messages, String... args) throws IOException {
        return start(System.getProperty("java.class.path"), messages, args);
    }

    /**
     * Handles Ctrl-C even if this process ignores it because a shell started it in the background: a signal that is
     * ignored when Java starts stays ignored.
     */
    static Child startInForeground(Path messages, String... args) throws IOException, InterruptedException {
        List<String> env = List.of("env", "--default-signal=INT");
        boolean resets = succeeds(List.of("env", "--default-signal=INT", "true"));
        return start(resets ? env : List.of(), System.getProperty("java.class.path"), messages, args);
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    /** With this class path. */
    static Child start(String classPath, Path messages, String... args) throws IOException {
        return start(List.of(), classPath, messages, args);
    }

    private static Child start(List<String> prefix, String classPath, Path messages, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
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

    /** Complete lines, at most this many; a line that is incomplete at the end is not returned. */
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

    /** Sends SIGTERM. The pipe stays open, unlike with {@link Process#destroy}. */
    void stop() {
        process.toHandle().destroy();
    }

    /** Sends a signal by its name, such as {@code INT}, which is Ctrl-C. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGKILL. */
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
