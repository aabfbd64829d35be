package io.headwater.cli;

/** Makes texts safe to paste into a shell. */
final class ShellQuotes {
    private ShellQuotes() {}

    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
