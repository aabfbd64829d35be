package io.headwater.jackson;

/** Makes untrusted names safe for a message. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    /** On one line, and cut if long, so that no name forges lines of a log. */
    static String printable(String name) {
        String start = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
        return start.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
