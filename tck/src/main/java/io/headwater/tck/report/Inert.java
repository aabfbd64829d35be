package io.headwater.tck.report;

/** Text from anywhere as a page may show it: what would reorder, hide or end the text around it becomes an escape. */
final class Inert {
    private Inert() {}

    /** The text with control and format characters, other than line breaks and tabs, written as {@code \u001b}. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c != '\n' && c != '\t' && isActive(c)) {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isActive(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
