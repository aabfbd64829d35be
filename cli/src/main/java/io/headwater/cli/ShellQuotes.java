package io.headwater.cli;

/** Quotes texts so that they can be pasted into a shell. */
final class ShellQuotes {
    private ShellQuotes() {}

    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
