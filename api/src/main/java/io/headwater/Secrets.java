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
        return IN_AUTHORITY.matcher(authority).replaceFirst("$1:" + HIDDEN + "@");
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
