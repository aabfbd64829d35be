package io.headwater.cli.text;

/**
 * Text as it may be shown on a terminal. Names and data come from anywhere: an escape sequence in them could move the
 * cursor, rename the window or hide what was printed before, and a change of writing direction could reorder it.
 */
public final class Printable {
    private Printable() {}

    /** The text on one line, with everything that a terminal would act on written as an escape such as {@code \u001b}. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isActive)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(shown, c));
        return shown.toString();
    }

    /** The same, cut to this many characters; no cut below 1. */
    public static String of(String text, int width) {
        // A payload may be huge and only its beginning is shown. These units hold one character too many, at the least.
        int enough = 2 * (width + 1);
        String shown = of(width > 0 && text.length() > enough ? text.substring(0, enough) : text);
        if (width <= 0 || shown.codePointCount(0, shown.length()) <= width) {
            return shown;
        }
        return shown.substring(0, shown.offsetByCodePoints(0, width - 1)) + "…";
    }

    /**
     * JSON, with everything beyond ASCII that a terminal would act on written as an escape. It means the same: such characters
     * stand only within its texts.
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
