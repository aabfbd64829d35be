package io.headwater.cli.text;

/**
 * Text that is safe to show on a terminal. Names and data are untrusted: an escape sequence in them could move the
 * cursor, rename the window or hide earlier output, and a change of writing direction could reorder it.
 */
public final class Printable {
    private Printable() {}

    /**
     * The text on one line, with every character that a terminal interprets written as an escape such as {@code
     * \u001b}.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isActive)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(shown, c));
        return shown.toString();
    }

    /** The same, cut to this many characters; values below 1 do not cut. */
    public static String of(String text, int width) {
        // A payload may be large and only its beginning is shown. This many units contain at least one character too
        // many.
        int enough = 2 * (width + 1);
        String shown = of(width > 0 && text.length() > enough ? text.substring(0, enough) : text);
        if (width <= 0 || shown.codePointCount(0, shown.length()) <= width) {
            return shown;
        }
        return shown.substring(0, shown.offsetByCodePoints(0, width - 1)) + "…";
    }

    /**
     * JSON, with every character beyond ASCII that a terminal interprets written as an escape. It means the same: such
     * characters occur only in texts.
     */
    public static String inJson(String json) {
        if (json.codePoints().noneMatch(c -> c >= 0x7F && isActive(c))) {
            return json;
        }
        StringBuilder shown = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c < 0x7F) {
                shown.append((char) c);
            } else {
                append(shown, c);
            }
        });
        return shown.toString();
    }

    private static boolean isActive(int c) {
        if (c >= ' ' && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder shown, int c) {
        if (!isActive(c)) {
            shown.appendCodePoint(c);
            return;
        }
        for (char unit : Character.toChars(c)) {
            shown.append("\\u%04x".formatted((int) unit));
        }
    }
}
