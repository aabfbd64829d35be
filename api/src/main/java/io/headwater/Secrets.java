package io.headwater;

import java.util.regex.Pattern;

/** What may not stand in a message: passwords in addresses, and the values of options that sound like secrets (E3). */
final class Secrets {
    private static final String HIDDEN = "***";
    private static final String NAMES = "(?:pass|pwd|secret|token|credential|key)";
    private static final Pattern NAME = Pattern.compile("(?i)" + NAMES);
    private static final Pattern IN_AUTHORITY = Pattern.compile("(?s)^([^:]*):.*@");
    private static final Pattern IN_TEXT = Pattern.compile("(?s)(//[^:/?]*):.*@");
    private static final Pattern AFTER_COLON = Pattern.compile("(?s):(?!//).*@");

    /** A port that is none: the text after the colon may be a password whose {@code @} is missing. */
    private static final Pattern ODD_PORT = Pattern.compile("(?<=[^:\\[]):(?!\\d{0,5}(?:,|$))[^,\\]]*(?=,|$)");

    /** User and password of an address without {@code //} before them, or that the scheme was left out of. */
    private static final Pattern IN_PATH = Pattern.compile("(?s)^([^:@]*:).*@|^(?![/.])[^:@]*@");

    private static final Pattern IN_QUERY = Pattern.compile("(?is)([?&][^=&]*" + NAMES + "[^=&]*=).*");

    private Secrets() {}

    static boolean isSecret(String option) {
        return NAME.matcher(option).find();
    }

    static String hideInValue(String option, String value) {
        return isSecret(option) ? HIDDEN : hideInText(value);
    }

    /** User and password end at the last {@code @}: one that is part of a password may have been left unescaped. */
    static String hideInAuthority(String authority) {
        String shown = IN_AUTHORITY.matcher(authority).replaceFirst("$1:" + HIDDEN + "@");
        int hosts = shown.lastIndexOf('@') + 1;
        return shown.substring(0, hosts)
                + ODD_PORT.matcher(shown.substring(hosts)).replaceAll(":" + HIDDEN);
    }

    /** The path of a URL, in which a password lies when slashes or the scheme were left out before it. */
    static String hideInPath(String authority, String path) {
        return authority.isEmpty() && !path.contains("//")
                ? IN_PATH.matcher(path)
                        .replaceFirst(found -> (found.group(1) == null ? "" : found.group(1)) + HIDDEN + "@")
                : hideInText(path);
    }

    /** Hides the password of an address that is part of a text. */
    static String hideInText(String text) {
        return IN_TEXT.matcher(text).replaceAll("$1:" + HIDDEN + "@");
    }

    /** Hides all that may be a secret in text that is no URL, and cannot be taken apart: rather too much than too little. */
    static String hideInMalformed(String text) {
        String without = AFTER_COLON.matcher(text).replaceFirst(":" + HIDDEN + "@");
        return IN_QUERY.matcher(without).replaceFirst("$1" + HIDDEN);
    }
}
