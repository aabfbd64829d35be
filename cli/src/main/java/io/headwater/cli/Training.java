package io.headwater.cli;

import java.util.List;

/**
 * Runs the short commands once, one after the other. The launcher records the classes that are loaded, so that later
 * runs map them into memory instead of reading and verifying them.
 */
final class Training {
    private static final List<String> COMMANDS = List.of(
            "--version",
            "append training Trained {}",
            "append training Trained {} --json",
            "read training",
            "read training --json",
            "log",
            "info",
            "streams",
            "categories",
            "subscriptions",
            "read",
            "--help");

    private Training() {}

    /** Runs on the store of the variable {@code HEADWATER_URL}. */
    public static void main(String[] args) {
        Shell shell = Shell.ofProcess();
        COMMANDS.forEach(command -> HeadwaterCommand.execute(shell, command.split(" ")));
    }
}
