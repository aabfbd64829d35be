package io.headwater.cli.text;

/** Colours, if they are wanted: each is a pair of escape sequences around a text, or nothing. */
public enum Paint {
    PLAIN(false),
    COLOURED(true);

    private final boolean coloured;

    Paint(boolean coloured) {
        this.coloured = coloured;
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String cyan(String text) {
        return wrap("36", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String yellow(String text) {
        return wrap("33", text);
    }

    private String wrap(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
