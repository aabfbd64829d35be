package io.headwater.jackson;

/** Names from elsewhere, as they may stand in a message. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    /** On one line, and cut when long: no name breaks a log into false lines. */
    static String printable(String name) {
        String start = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
        return start.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
