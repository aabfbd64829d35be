package io.headwater.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of the command in this process, with its result. */
record CommandRun(int exitCode, byte[] output, String error) {

    static CommandRun of(String... args) {
        return with(new byte[0], args);
    }

    static CommandRun with(String input, String... args) {
        return with(input.getBytes(StandardCharsets.UTF_8), args);
    }

    static CommandRun with(byte[] input, String... args) {
        return in(Map.of(), Terminals.NONE, input, args);
    }

    static CommandRun in(Map<String, String> environment, Terminals terminals, byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(
                new ByteArrayInputStream(input), out, errors, environment, terminals, new Termination(hook -> {}));
        int exitCode = HeadwaterCommand.execute(shell, args);
        return new CommandRun(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String out() {
        return new String(output, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }
}
